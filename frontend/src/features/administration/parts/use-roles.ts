import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '#/app/i18n';
import { call } from '#/features/session/api';
import type { Role, RoleDescription, Whole } from '../types';

/** What each role is called and may do, as the server tells it. */
export function useRoles() {
  const lang = useLanguage();
  const query = useQuery({
    queryKey: ['roles'],
    queryFn: async ({ signal }) =>
      (await call<Whole<RoleDescription>>('GET', '/api/v1/roles', { signal })).data,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const roles = query.data?.data ?? [];
  return {
    roles,
    error: query.error,
    /** An unknown code stays as it is. */
    label: (role: Role) => roles.find((known) => known.role === role)?.label[lang] ?? role,
  };
}
