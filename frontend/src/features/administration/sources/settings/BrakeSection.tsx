import { useTranslations } from 'use-intl';
import { call, isStale, useInvalidate, usePrivateQuery } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { TextField } from '#/ui/TextField';
import type { SourceSettings } from '../../exchange';
import { same } from '../../parts/merge';
import { useReport } from '../../parts/results';
import { StaleNotice } from '../../parts/StaleNotice';
import { useMergedForm } from '../../parts/use-merged-form';
import { useSource } from '../SourceFrame';

/** When a full import stops to ask, and who is told that something is wrong. */
export function BrakeSection() {
  const t = useTranslations('adminSettings');
  const { path } = useSource();
  const { data, error, refetch } = usePrivateQuery<SourceSettings>(`${path}/settings`);
  return (
    <section className="admin__section" aria-labelledby="source-brake">
      <h2 id="source-brake">{t('title')}</h2>
      <p className="admin__lead">{t('lead')}</p>
      {error ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
      {data ? <BrakeForm settings={data.data} reload={refetch} /> : error ? null : <Skeleton count={4} />}
    </section>
  );
}

type Values = { brakePercent: string; brakeRecords: string; contactEmail: string };

function valuesOf({ brakePercent, brakeRecords, contactEmail }: SourceSettings): Values {
  return {
    brakePercent: String(brakePercent),
    brakeRecords: String(brakeRecords),
    contactEmail: contactEmail ?? '',
  };
}

/** A whole number of the allowed span. */
function wholeNumber(text: string, least: number, most: number): boolean {
  return /^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function BrakeForm({ settings, reload }: { settings: SourceSettings; reload: () => Promise<unknown> }) {
  const t = useTranslations('adminSettings');
  const f = useTranslations('form');
  const { path } = useSource();
  const report = useReport();
  const invalidate = useInvalidate();
  const merged = useMergedForm<Values>(valuesOf(settings), settings.version);
  const { values } = merged;
  const form = useForm({
    fields: {
      brakePercent: {
        required: t('percentInvalid'),
        check: (text) => (wholeNumber(text, 1, 100) ? undefined : t('percentInvalid')),
      },
      brakeRecords: {
        required: t('recordsInvalid'),
        check: (text) => (wholeNumber(text, 0, 1_000_000) ? undefined : t('recordsInvalid')),
      },
      contactEmail: {
        check: (text) => (text === '' || /^\S+@\S+\.\S+$/.test(text) ? undefined : t('emailInvalid')),
      },
    },
    onSubmit: async (entered) => {
      const put = (version: number) =>
        call('PUT', `${path}/settings`, {
          body: {
            brakePercent: Number(entered.brakePercent),
            brakeRecords: Number(entered.brakeRecords),
            contactEmail: entered.contactEmail === '' ? null : entered.contactEmail,
          },
          version,
        });
      const saved = await merged.save(async () => {
        try {
          await put(merged.version);
        } catch (error) {
          // Every full import counts the version up as well; that alone is nothing to ask about.
          if (!isStale(error)) throw error;
          const { data: now } = await call<SourceSettings>('GET', `${path}/settings`, { fresh: true });
          if (!same(valuesOf(now), valuesOf(settings))) throw error;
          await put(now.version);
        }
      }, reload);
      if (!saved) return;
      // The settings share their version with the source.
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
          brakePercent: { label: t('percent'), show: String },
          brakeRecords: { label: t('records'), show: String },
          contactEmail: { label: t('email'), show: (value) => (value ? String(value) : t('none')) },
        }}
      />
      <div className="admin__pair">
        <TextField
          {...form.field('brakePercent')}
          label={t('percent')}
          hint={t('percentHint')}
          inputMode="numeric"
          value={values.brakePercent}
          onChange={(event) => merged.set({ brakePercent: event.currentTarget.value })}
        />
        <TextField
          {...form.field('brakeRecords')}
          label={t('records')}
          hint={t('recordsHint')}
          inputMode="numeric"
          value={values.brakeRecords}
          onChange={(event) => merged.set({ brakeRecords: event.currentTarget.value })}
        />
      </div>
      <p className="muted small">
        {t('meaning', {
          percent: Number(values.brakePercent) || 0,
          records: Number(values.brakeRecords) || 0,
        })}
      </p>
      <TextField
        {...form.field('contactEmail')}
        label={`${t('email')} (${f('optional')})`}
        hint={t('emailHint')}
        type="email"
        autoComplete="off"
        value={values.contactEmail}
        onChange={(event) => merged.set({ contactEmail: event.currentTarget.value })}
      />
      <SubmitButton pending={form.pending} variant="secondary">
        {f('save')}
      </SubmitButton>
    </form>
  );
}
