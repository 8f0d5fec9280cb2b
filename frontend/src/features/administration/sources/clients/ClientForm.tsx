import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { Button } from '#/ui/Button';
import { TextField } from '#/ui/TextField';
import { useReport } from '../../parts/results';
import { StaleNotice } from '../../parts/StaleNotice';
import { useMergedForm } from '../../parts/use-merged-form';
import type { Client, ClientChange } from '../../types';
import { ScopeFields } from './ScopeFields';
import { scopeLabel } from './scopes';

export interface ClientFormProps {
  client: Client;
  path: string;
  reload: () => Promise<unknown>;
  onClose: () => void;
}

/** Name and rights of a partner system. */
export function ClientForm({ client, path, reload, onClose }: ClientFormProps) {
  const t = useTranslations('adminClients');
  const a = useTranslations('admin');
  const f = useTranslations('form');
  const invalidate = useInvalidate();
  const report = useReport();
  const merged = useMergedForm({ name: client.name, scopes: client.scopes }, client.version);
  const form = useForm({
    fields: { name: { required: a('nameMissing') }, scopes: { required: t('scopesMissing') } },
    onSubmit: async () => {
      const saved = await merged.save(
        () => call('PATCH', path, { body: merged.changes satisfies ClientChange, version: merged.version }),
        reload,
      );
      if (!saved) return;
      await invalidate('/api/v1/sources');
      onClose();
      report(t('saved'));
    },
  });
  const inWords = (scopes: unknown) =>
    (scopes as string[])
      .map((scope) => {
        const label = scopeLabel(scope);
        return label ? t(label) : scope;
      })
      .join(', ');
  return (
    <form {...form.props} className="stack admin__form">
      <FormErrors form={form} />
      <StaleNotice
        form={merged}
        fields={{
          name: { label: a('name'), show: String },
          scopes: { label: t('scopes'), show: inWords },
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
      <ScopeFields
        {...form.field('scopes')}
        value={merged.values.scopes}
        onChange={(scopes) => merged.set({ scopes })}
      />
      <div className="admin__buttons">
        <SubmitButton pending={form.pending} size="sm">
          {f('save')}
        </SubmitButton>
        <Button variant="secondary" size="sm" onClick={onClose}>
          {f('cancel')}
        </Button>
      </div>
    </form>
  );
}
