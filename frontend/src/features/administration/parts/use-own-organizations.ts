import { useAccount } from '#/features/session/store';
import type { OrganizationRef } from '../types';

/** Organisations in which the account has a role. */
export function useOwnOrganizations(): OrganizationRef[] {
  const { roles } = useAccount();
  const own = new Map<string, OrganizationRef>();
  for (const { organization } of roles) {
    if (organization) own.set(organization.id, organization);
  }
  return [...own.values()];
}
