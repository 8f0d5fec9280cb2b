import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import type { Language } from '#/app/languages';
import { languages } from '#/app/languages';
import { call, useInvalidate } from '#/features/session/api';
import { keepInput, useDraft } from '#/features/session/drafts';
import { type FieldRule, FormErrors, useForm } from '#/features/session/form';
import { Button } from '#/ui/Button';
import { Select } from '#/ui/Select';
import { TextField } from '#/ui/TextField';
import { FormButtons } from '../parts/FormButtons';
import {
  type Grant,
  grantBody,
  MembershipFields,
  needsOrganization,
  RoleGuide,
} from '../parts/MembershipFields';
import { useReport } from '../parts/results';
import { useRoles } from '../parts/use-roles';
import type { Account, NewAccount } from '../types';

type Name = 'email' | 'name' | 'language' | `role-${number}` | `organization-${number}`;

interface Values {
  email: string;
  name: string;
  language: Language;
  grants: Grant[];
}

/** A new account: the person is invited by e-mail and chooses the password. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const navigate = useNavigate();
  const invalidate = useInvalidate();
  const report = useReport();
  const { roles } = useRoles();
  const draft = useDraft<Values>('invite', { email: '', name: '', language: lang, grants: [{ role: '' }] });
  const { values, keep } = draft;

  const rules: [Name, FieldRule<Name>][] = values.grants.flatMap(
    (grant, index): [Name, FieldRule<Name>][] => [
      [`role-${index}`, { required: a('roleMissing'), pointer: `/memberships/${index}/role` }],
      [
        `organization-${index}`,
        {
          required: needsOrganization(roles, grant) ? a('organizationMissing') : undefined,
          pointer: `/memberships/${index}/organization`,
        },
      ],
    ],
  );
  const form = useForm<Name>({
    fields: {
      email: { required: a('emailMissing') },
      name: { required: a('nameMissing') },
      language: {},
      ...Object.fromEntries(rules),
    } as Record<Name, FieldRule<Name>>,
    words: { registered: { field: 'email', message: a('registered') } },
    onSubmit: async ({ email, name }) => {
      const { data } = await call<Account>('POST', '/api/v1/accounts', {
        body: {
          email,
          name,
          language: values.language,
          memberships: values.grants.map((grant) => grantBody(roles, grant)),
        } satisfies NewAccount,
      });
      draft.discard();
      void invalidate('/api/v1/accounts');
      await navigate({ to: '/$lang/verwaltung/konten/$id', params: { lang, id: data.id } });
      report(t('invited', { email }));
    },
  });

  const change = (index: number, grant: Grant) =>
    keep({ ...values, grants: values.grants.map((was, at) => (at === index ? grant : was)) });

  return (
    <form {...form.props} onInput={keepInput(draft)} className="admin__form admin__panel">
      <FormErrors form={form} />
      <p>{t('inviteLead')}</p>
      <TextField
        {...form.field('email')}
        label={a('email')}
        type="email"
        autoComplete="off"
        defaultValue={values.email}
      />
      <TextField
        {...form.field('name')}
        label={a('name')}
        autoComplete="off"
        maxLength={200}
        defaultValue={values.name}
      />
      <Select
        {...form.field('language')}
        label={a('language')}
        value={values.language}
        options={(Object.keys(languages) as Language[]).map((code) => ({
          value: code,
          label: a(`languageName.${code}`),
        }))}
        onChange={(language) => keep({ ...values, language: language as Language })}
      />
      {values.grants.map((grant, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a grant has no other identity, and its fields are controlled.
        <fieldset key={index} className="admin-grant">
          <legend className="visually-hidden">{t('roleNumber', { number: index + 1 })}</legend>
          <MembershipFields
            roles={roles}
            value={grant}
            onChange={(next) => change(index, next)}
            roleField={form.field(`role-${index}`)}
            organizationField={form.field(`organization-${index}`)}
          />
          {values.grants.length > 1 ? (
            <Button
              variant="quiet"
              size="sm"
              icon="close"
              onClick={() => keep({ ...values, grants: values.grants.filter((_, at) => at !== index) })}
            >
              {t('removeRole', { number: index + 1 })}
            </Button>
          ) : null}
        </fieldset>
      ))}
      <Button
        variant="quiet"
        size="sm"
        onClick={() => keep({ ...values, grants: [...values.grants, { role: '' }] })}
      >
        {t('addRole')}
      </Button>
      <RoleGuide roles={roles} />
      <FormButtons
        submit={t('send')}
        pending={form.pending}
        onCancel={() => {
          draft.discard();
          onClose();
        }}
      />
      <p className="small muted">{a('unsaved')}</p>
    </form>
  );
}
