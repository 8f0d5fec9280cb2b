import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { Disclosure } from '#/ui/Disclosure';
import { Select } from '#/ui/Select';
import type { NewMembership, OrganizationRef, Role, RoleDescription } from '../types';
import { OrganizationField } from './OrganizationField';
import { RoleExplanation } from './RoleFields';

/** A role that is to be granted. */
export interface Grant {
  role: Role | '';
  organization?: OrganizationRef;
}

export function needsOrganization(roles: RoleDescription[], grant: Grant): boolean {
  return roles.find(({ role }) => role === grant.role)?.scope === 'organization';
}

/** As the API takes it. */
export function grantBody(roles: RoleDescription[], grant: Grant): NewMembership {
  return {
    // The form has asked for a role.
    role: grant.role as Role,
    organization: needsOrganization(roles, grant) ? grant.organization?.id : undefined,
  };
}

interface Field {
  id: string;
  name: string;
  error: string | undefined;
  required: boolean;
}

export interface MembershipFieldsProps {
  roles: RoleDescription[];
  value: Grant;
  onChange: (grant: Grant) => void;
  roleField: Field;
  organizationField: Field;
}

/** Role, what it may do, and the organisation where the role belongs to one. */
export function MembershipFields(props: MembershipFieldsProps) {
  const { roles, value, onChange, roleField, organizationField } = props;
  const t = useTranslations('admin');
  const lang = useLanguage();
  const chosen = roles.find(({ role }) => role === value.role);
  return (
    <>
      <Select
        {...roleField}
        label={t('role')}
        value={value.role}
        options={[
          { value: '', label: t('roleChoose') },
          ...roles.map(({ role, label }) => ({ value: role, label: label[lang] })),
        ]}
        onChange={(role) => onChange({ ...value, role: role as Role | '' })}
      />
      {chosen ? (
        <div className="admin-role">
          <RoleExplanation role={chosen} />
        </div>
      ) : null}
      {needsOrganization(roles, value) ? (
        <OrganizationField
          id={organizationField.id}
          name={organizationField.name}
          error={organizationField.error}
          label={t('organization')}
          value={value.organization}
          onChange={(organization) => onChange({ ...value, organization })}
        />
      ) : null}
    </>
  );
}

/** All roles beside each other, for people who do not know yet which one they need. */
export function RoleGuide({ roles }: { roles: RoleDescription[] }) {
  const t = useTranslations('admin');
  const lang = useLanguage();
  return (
    <Disclosure summary={t('roleGuide')}>
      <dl className="admin-role-guide">
        {roles.map((role) => (
          <div key={role.role}>
            <dt>{role.label[lang]}</dt>
            <dd>
              <RoleExplanation role={role} />
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
