import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '#/app/i18n';
import type { Language } from '#/app/languages';
import { readProblem } from './problem';
import type { Role } from './types';

interface RoleLabel {
  role: Role;
  label: Record<Language, string>;
}

/** The name of a role as the server knows it; until it is there, or where it is unknown, its code. */
export function RoleName({ role }: { role: Role }) {
  const lang = useLanguage();
  const { data } = useQuery({
    queryKey: ['role-labels'],
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/v1/roles', { signal });
      if (!response.ok) throw await readProblem(response);
      return ((await response.json()) as { data: RoleLabel[] }).data;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.find((known) => known.role === role)?.label[lang] ?? role;
}
