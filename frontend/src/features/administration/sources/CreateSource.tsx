import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { call, useInvalidate } from '#/features/session/api';
import { keepInput, useDraft } from '#/features/session/drafts';
import { FormErrors, useForm } from '#/features/session/form';
import { TextField } from '#/ui/TextField';
import { FormButtons } from '../parts/FormButtons';
import { OrganizationField } from '../parts/OrganizationField';
import { useReport } from '../parts/results';
import type { Licence, NewSource, OrganizationRef, Source } from '../types';
import { LicenceField } from './LicenceField';

interface Values {
  key: string;
  name: string;
  licence: Licence;
  organization?: OrganizationRef;
}

/** A new source. Its key is part of addresses, so it is chosen with care. */
export function CreateSource({ onClose }: { onClose: () => void }) {
  const t = useTranslations('adminSources');
  const a = useTranslations('admin');
  const f = useTranslations('form');
  const lang = useLanguage();
  const navigate = useNavigate();
  const invalidate = useInvalidate();
  const report = useReport();
  const draft = useDraft<Values>('source', { key: '', name: '', licence: 'cc-by/4.0' });
  const { values, keep } = draft;
  const form = useForm({
    fields: {
      name: { required: a('nameMissing') },
      key: {
        required: t('keyMissing'),
        check: (value) => (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) ? undefined : t('keyInvalid')),
      },
      licence: {},
      organization: {},
    },
    words: { conflict: { field: 'key', message: t('taken') } },
    onSubmit: async ({ key, name, licence }) => {
      const { data } = await call<Source>('POST', '/api/v1/sources', {
        body: {
          key,
          name,
          licence: licence as Licence,
          organization: values.organization?.id,
        } satisfies NewSource,
      });
      draft.discard();
      void invalidate('/api/v1/sources');
      await navigate({ to: '/$lang/verwaltung/quellen/$key', params: { lang, key: data.key } });
      report(t('created'));
    },
  });
  return (
    <form {...form.props} onInput={keepInput(draft)} className="admin__form admin__panel">
      <FormErrors form={form} />
      <TextField
        {...form.field('name')}
        label={a('name')}
        hint={t('nameHint')}
        maxLength={200}
        defaultValue={values.name}
      />
      <TextField
        {...form.field('key')}
        label={t('key')}
        hint={t('keyHint')}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={80}
        defaultValue={values.key}
      />
      <LicenceField
        field={form.field('licence')}
        value={values.licence}
        onChange={(licence) => keep({ ...values, licence })}
      />
      <OrganizationField
        id={form.field('organization').id}
        name="organization"
        error={form.field('organization').error}
        label={`${a('organization')} (${f('optional')})`}
        hint={t('organizationHint')}
        value={values.organization}
        onChange={(organization) => keep({ ...values, organization })}
      />
      <FormButtons
        submit={t('create')}
        pending={form.pending}
        onCancel={() => {
          draft.discard();
          onClose();
        }}
      />
    </form>
  );
}
