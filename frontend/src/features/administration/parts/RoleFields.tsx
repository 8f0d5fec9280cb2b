import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { Badge } from '#/ui/Badge';
import { Disclosure } from '#/ui/Disclosure';
import { RadioGroup } from '#/ui/RadioGroup';
import type { Role, RoleDescription } from '../types';

/** What a role may do, in sentences of the server. */
export function RoleExplanation({ role }: { role: RoleDescription }) {
  const t = useTranslations('admin');
  const lang = useLanguage();
  return (
    <>
      <p>{role.explanation[lang]}</p>
      {role.secondFactor ? (
        <p>
          <Badge tone="info">{t('secondFactorRequired')}</Badge>
        </p>
      ) : null}
      {role.capabilities.length > 0 ? (
        <Disclosure summary={t('mayDo')} className="admin__may">
          <ul className="admin__bullets">
            {role.capabilities.map((capability) => (
              <li key={capability.capability}>
                {capability.label[lang]} ({t(`reach.${capability.reach}`)})
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
    </>
  );
}

export interface RoleFieldProps {
  field: { id: string; name?: string; error?: string; required?: boolean };
  roles: RoleDescription[];
  value: Role | undefined;
  onChange: (role: Role) => void;
}

/** One role, each with what it may do. */
export function RoleField({ field, roles, value, onChange }: RoleFieldProps) {
  const t = useTranslations('admin');
  const lang = useLanguage();
  return (
    <RadioGroup
      {...field}
      legend={t('role')}
      value={value}
      onChange={onChange}
      options={roles.map((role) => ({
        value: role.role,
        label: role.label[lang],
        explanation: <RoleExplanation role={role} />,
      }))}
    />
  );
}
