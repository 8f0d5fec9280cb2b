import type { Membership } from '../types';
import { StatusBadge } from './StatusBadge';
import { useRoles } from './use-roles';

/** Roles with their organisation; a state is said where it is not the usual one. */
export function RoleNames({ memberships, empty }: { memberships: Membership[]; empty: string }) {
  const { label } = useRoles();
  if (memberships.length === 0) return <span className="muted">{empty}</span>;
  return (
    <ul className="admin__plain">
      {memberships.map(({ id, role, organization, status }) => (
        <li key={id}>
          {label(role)}
          {organization ? (
            <>
              {' · '}
              <bdi>{organization.name}</bdi>
            </>
          ) : null}
          {status === 'suspended' ? (
            <>
              {' '}
              <StatusBadge status={status} />
            </>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
