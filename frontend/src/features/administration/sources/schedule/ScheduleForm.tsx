import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { call, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Checkbox } from '#/ui/Checkbox';
import { RadioGroup } from '#/ui/RadioGroup';
import { Select } from '#/ui/Select';
import { TextField } from '#/ui/TextField';
import type { ImportFormat, ImportMode, Schedule } from '../../exchange';
import { span } from '../../parts/ago';
import { useReport } from '../../parts/results';
import { StaleNotice } from '../../parts/StaleNotice';
import { useMergedForm } from '../../parts/use-merged-form';
import { importFormats, importModes } from '../imports/import-format';
import { useFormatName } from '../imports/use-format-name';
import { useSource } from '../SourceFrame';

/** Offered intervals, in minutes. */
const intervals = [15, 30, 60, 180, 360, 720, 1440, 10080];

type Values = {
  url: string;
  format: ImportFormat | '';
  mode: ImportMode;
  everyMinutes: number;
  enabled: boolean;
};

const beginning: Values = { url: '', format: '', mode: 'full', everyMinutes: 1440, enabled: true };

/** An address that can be fetched: https, or http where the operator allows it for tests. */
export function isFeedAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export interface ScheduleFormProps {
  /** Missing where none is set up. */
  schedule: Schedule | undefined;
  reload: () => Promise<unknown>;
}

/** Where the feed is, what it holds, and how often it is fetched. */
export function ScheduleForm({ schedule, reload }: ScheduleFormProps) {
  const t = useTranslations('adminSchedule');
  const i = useTranslations('adminImports');
  const f = useTranslations('form');
  const lang = useLanguage();
  const formatName = useFormatName();
  const report = useReport();
  const invalidate = useInvalidate();
  const { path } = useSource();
  const merged = useMergedForm<Values>(
    schedule
      ? {
          url: schedule.url,
          format: schedule.format,
          mode: schedule.mode,
          everyMinutes: schedule.everyMinutes,
          enabled: schedule.enabled,
        }
      : beginning,
    schedule?.version ?? 0,
  );
  const { values, set } = merged;
  const every = intervals.includes(values.everyMinutes)
    ? intervals
    : [...intervals, values.everyMinutes].sort((a, b) => a - b);

  const form = useForm({
    fields: {
      url: {
        required: t('urlMissing'),
        check: (text) => (isFeedAddress(text) ? undefined : t('urlInvalid')),
      },
      format: { required: i('formatMissing') },
      mode: {},
      everyMinutes: {},
    },
    onSubmit: async ({ url }) => {
      const saved = await merged.save(
        () =>
          call('PUT', `${path}/schedule`, {
            body: { ...values, url },
            version: schedule ? merged.version : undefined,
          }),
        reload,
      );
      if (!saved) return;
      report(t('saved'));
      await reload();
      void invalidate('/api/v1/sources');
    },
  });

  return (
    <form {...form.props} className="admin__form admin__panel">
      <h3>{schedule ? t('change') : t('setUp')}</h3>
      <FormErrors form={form} />
      <StaleNotice
        form={merged}
        fields={{
          url: { label: t('url'), show: String },
          format: { label: i('format'), show: (value) => formatName(value as ImportFormat) },
          mode: { label: i('mode'), show: (value) => i(`modeName.${value as ImportMode}`) },
          everyMinutes: { label: t('every'), show: (value) => span(Number(value), lang) },
          enabled: { label: t('enabled'), show: (value) => t(value ? 'on' : 'off') },
        }}
      />
      <TextField
        {...form.field('url')}
        label={t('url')}
        hint={t('urlHint')}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        value={values.url}
        onChange={(event) => set({ url: event.currentTarget.value })}
      />
      <div className="admin__pair">
        <Select
          {...form.field('format')}
          label={i('format')}
          value={values.format}
          options={[
            { value: '', label: i('formatChoose') },
            ...importFormats.map((code) => ({ value: code, label: formatName(code) })),
          ]}
          onChange={(format) => set({ format: format as ImportFormat | '' })}
        />
        <Select
          {...form.field('everyMinutes')}
          label={t('every')}
          value={String(values.everyMinutes)}
          options={every.map((minutes) => ({ value: String(minutes), label: span(minutes, lang) }))}
          onChange={(minutes) => set({ everyMinutes: Number(minutes) })}
        />
      </div>
      <RadioGroup
        {...form.field('mode')}
        legend={i('mode')}
        value={values.mode}
        options={importModes.map((code) => ({
          value: code,
          label: i(`modeName.${code}`),
          explanation: i(`modeText.${code}`),
        }))}
        onChange={(mode) => set({ mode })}
      />
      <Checkbox label={t('enabled')} checked={values.enabled} onChange={(enabled) => set({ enabled })} />
      <SubmitButton pending={form.pending}>{f('save')}</SubmitButton>
    </form>
  );
}
