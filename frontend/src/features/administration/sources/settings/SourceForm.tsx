import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { TextField } from '#/ui/TextField';
import { OrganizationField } from '../../parts/OrganizationField';
import { useReport } from '../../parts/results';
import { StaleNotice } from '../../parts/StaleNotice';
import { useMergedForm } from '../../parts/use-merged-form';
import type { Licence, OrganizationRef, Source, SourceChange } from '../../types';
import { LicenceField, useLicenceName } from '../LicenceField';

type Values = { name: string; licence: Licence; organization: OrganizationRef | null };

/** Name, licence and organisation of a source. */
export function SourceForm({ source, reload }: { source: Source; reload: () => Promise<unknown> }) {
  const t = useTranslations('adminSources');
  const a = useTranslations('admin');
  const f = useTranslations('form');
  const invalidate = useInvalidate();
  const report = useReport();
  const licenceName = useLicenceName();
  const merged = useMergedForm<Values>(
    { name: source.name, licence: source.licence, organization: source.organization ?? null },
    source.version,
  );
  const { name, licence, organization } = merged.values;
  const form = useForm({
    fields: {
      name: { required: a('nameMissing') },
      licence: {},
      organization: {},
    },
    onSubmit: async () => {
      const { organization: owner, ...change }: Partial<Values> = merged.changes;
      const saved = await merged.save(
        () =>
          call('PATCH', `/api/v1/sources/${encodeURIComponent(source.key)}`, {
            body: {
              ...change,
              ...(owner === undefined ? {} : { organization: owner?.id ?? null }),
            } satisfies SourceChange,
            version: merged.version,
          }),
        reload,
      );
      if (!saved) return;
      await invalidate('/api/v1/sources');
      report(t('saved'));
    },
  });
  return (
    <form {...form.props} className="admin__form admin__panel">
      <FormErrors form={form} />
      <StaleNotice
        form={merged}
        fields={{
          name: { label: a('name'), show: String },
          licence: { label: t('licence'), show: (value) => licenceName(value as Licence) },
          organization: {
            label: a('organization'),
            show: (value) => (value as OrganizationRef | null)?.name ?? a('noOrganization'),
          },
        }}
      />
      <TextField
        {...form.field('name')}
        label={a('name')}
        hint={t('nameHint')}
        maxLength={200}
        value={name}
        onChange={(event) => merged.set({ name: event.currentTarget.value })}
      />
      <LicenceField
        field={form.field('licence')}
        value={licence}
        onChange={(next) => merged.set({ licence: next })}
      />
      <OrganizationField
        id={form.field('organization').id}
        name="organization"
        error={form.field('organization').error}
        label={`${a('organization')} (${f('optional')})`}
        hint={t('organizationHint')}
        value={organization ?? undefined}
        onChange={(next) => merged.set({ organization: next ?? null })}
      />
      <SubmitButton pending={form.pending} variant="secondary">
        {f('save')}
      </SubmitButton>
    </form>
  );
}
