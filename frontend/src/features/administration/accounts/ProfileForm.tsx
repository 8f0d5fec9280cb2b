import { useTranslations } from 'use-intl';
import type { Language } from '#/app/languages';
import { defaultLanguage, isLanguage, languages } from '#/app/languages';
import { call, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Select } from '#/ui/Select';
import { TextField } from '#/ui/TextField';
import { useReport } from '../parts/results';
import { StaleNotice } from '../parts/StaleNotice';
import { useMergedForm } from '../parts/use-merged-form';
import type { Account, AccountChange } from '../types';

/** Name and language of somebody else's account. */
export function ProfileForm({ account, reload }: { account: Account; reload: () => Promise<unknown> }) {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const f = useTranslations('form');
  const invalidate = useInvalidate();
  const report = useReport();
  const { name, language } = account;
  const merged = useMergedForm(
    { name, language: isLanguage(language) ? language : defaultLanguage },
    account.version,
  );
  const languageName = (code: unknown) => a(`languageName.${code as Language}`);

  const form = useForm({
    fields: { name: { required: a('nameMissing') }, language: {} },
    onSubmit: async () => {
      const saved = await merged.save(
        () =>
          call('PATCH', `/api/v1/accounts/${account.id}`, {
            body: merged.changes satisfies AccountChange,
            version: merged.version,
          }),
        reload,
      );
      if (!saved) return;
      await invalidate('/api/v1/accounts');
      report(t('saved'));
    },
  });

  return (
    <section className="admin__section" aria-labelledby="account-profile">
      <h2 id="account-profile">{t('edit')}</h2>
      <form {...form.props} className="admin__form admin__panel">
        <FormErrors form={form} />
        <StaleNotice
          form={merged}
          fields={{
            name: { label: a('name'), show: String },
            language: { label: a('language'), show: languageName },
          }}
        />
        <TextField
          {...form.field('name')}
          label={a('name')}
          autoComplete="off"
          maxLength={200}
          value={merged.values.name}
          onChange={(event) => merged.set({ name: event.currentTarget.value })}
        />
        <Select
          {...form.field('language')}
          label={a('language')}
          value={merged.values.language}
          options={(Object.keys(languages) as Language[]).map((code) => ({
            value: code,
            label: languageName(code),
          }))}
          onChange={(code) => merged.set({ language: code as Language })}
        />
        <SubmitButton pending={form.pending} variant="secondary">
          {f('save')}
        </SubmitButton>
      </form>
    </section>
  );
}
