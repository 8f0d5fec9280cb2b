import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { type Language, languages } from '#/app/languages';
import { call, useInvalidate } from '#/features/session/api';
import { keepInput, useDraft } from '#/features/session/drafts';
import { FormErrors, useForm } from '#/features/session/form';
import { Select } from '#/ui/Select';
import { TextField } from '#/ui/TextField';
import { FormButtons } from '../parts/FormButtons';
import { RoleField } from '../parts/RoleFields';
import { useReport } from '../parts/results';
import { useRoles } from '../parts/use-roles';
import type { NewMember, OrganizationRef, Role } from '../types';

interface Values {
  email: string;
  name: string;
  language: Language;
  role: Role | '';
}

export interface InviteMemberProps {
  organization: OrganizationRef;
  onClose: () => void;
}

/** A colleague for one organisation, with or without an account so far. */
export function InviteMember({ organization, onClose }: InviteMemberProps) {
  const t = useTranslations('adminOrganizations');
  const accounts = useTranslations('admin');
  const lang = useLanguage();
  const invalidate = useInvalidate();
  const report = useReport();
  const { roles } = useRoles();
  const draft = useDraft<Values>(`member:${organization.id}`, {
    email: '',
    name: '',
    language: lang,
    role: '',
  });
  const { values, keep } = draft;
  const form = useForm({
    fields: {
      email: { required: accounts('emailMissing') },
      name: { required: accounts('nameMissing') },
      language: {},
      role: { required: accounts('roleMissing') },
    },
    words: { conflict: { field: 'email', message: t('alreadyMember') } },
    onSubmit: async ({ email, name, language, role }) => {
      await call('POST', `/api/v1/organizations/${organization.id}/members`, {
        body: {
          email,
          name,
          language: language as Language,
          role: role as Role,
        } satisfies NewMember,
      });
      draft.discard();
      await invalidate('/api/v1/organizations');
      onClose();
      report(t('invited', { email }));
    },
  });
  return (
    <form {...form.props} onInput={keepInput(draft)} className="admin__form admin__panel">
      <FormErrors form={form} />
      <p>{t('inviteLead')}</p>
      <TextField
        {...form.field('email')}
        label={accounts('email')}
        type="email"
        autoComplete="off"
        defaultValue={values.email}
      />
      <TextField
        {...form.field('name')}
        label={accounts('name')}
        autoComplete="off"
        maxLength={200}
        defaultValue={values.name}
      />
      <Select
        {...form.field('language')}
        label={accounts('language')}
        value={values.language}
        options={(Object.keys(languages) as Language[]).map((code) => ({
          value: code,
          label: accounts(`languageName.${code}`),
        }))}
        onChange={(language) => keep({ ...values, language: language as Language })}
      />
      <RoleField
        field={form.field('role')}
        roles={roles.filter(({ scope }) => scope === 'organization')}
        value={values.role || undefined}
        onChange={(role) => keep({ ...values, role })}
      />
      <FormButtons
        submit={accounts('invite')}
        pending={form.pending}
        onCancel={() => {
          draft.discard();
          onClose();
        }}
      />
    </form>
  );
}
