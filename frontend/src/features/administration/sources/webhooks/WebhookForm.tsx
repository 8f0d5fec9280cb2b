import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Checkbox } from '#/ui/Checkbox';
import { TextField } from '#/ui/TextField';
import type { Webhook, WebhookFilter } from '../../exchange';
import { useReport } from '../../parts/results';
import { StaleNotice } from '../../parts/StaleNotice';
import { useMergedForm } from '../../parts/use-merged-form';
import { useSource } from '../SourceFrame';
import { isFeedAddress } from '../schedule/ScheduleForm';
import { FilterFields } from './fields';

type Values = { name: string; url: string; filter: WebhookFilter; enabled: boolean };

export interface WebhookFormProps {
  webhook: Webhook;
  address: string;
  reload: () => Promise<unknown>;
}

/** Name, address, what it hears about, and whether it does. */
export function WebhookForm({ webhook, address, reload }: WebhookFormProps) {
  const t = useTranslations('adminWebhooks');
  const a = useTranslations('admin');
  const f = useTranslations('form');
  const report = useReport();
  const invalidate = useInvalidate();
  const { path } = useSource();
  const { name, url, filter, enabled, version } = webhook;
  const merged = useMergedForm<Values>({ name, url, filter, enabled }, version);
  const { values, set } = merged;
  const form = useForm({
    fields: {
      name: { required: a('nameMissing') },
      url: {
        required: t('urlMissing'),
        check: (text) => (isFeedAddress(text) ? undefined : t('urlInvalid')),
      },
    },
    onSubmit: async () => {
      const saved = await merged.save(
        () => call('PATCH', address, { body: merged.changes, version: merged.version }),
        reload,
      );
      if (!saved) return;
      await invalidate(`${path}/webhooks`);
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
          url: { label: t('url'), show: String },
          enabled: { label: t('enabled'), show: (value) => t(value ? 'on' : 'off') },
        }}
      />
      <TextField
        {...form.field('name')}
        label={a('name')}
        maxLength={200}
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextField
        {...form.field('url')}
        label={t('url')}
        hint={t('urlHint')}
        type="url"
        inputMode="url"
        spellCheck={false}
        dir="ltr"
        value={values.url}
        onChange={(event) => set({ url: event.currentTarget.value })}
      />
      <FilterFields filter={values.filter} onChange={(next) => set({ filter: next })} />
      <Checkbox label={t('enabled')} checked={values.enabled} onChange={(on) => set({ enabled: on })} />
      <SubmitButton pending={form.pending} variant="secondary">
        {f('save')}
      </SubmitButton>
    </form>
  );
}
