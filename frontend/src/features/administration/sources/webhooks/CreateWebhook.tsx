import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { keepInput, useDraft } from '#/features/session/drafts';
import { FormErrors, useForm } from '#/features/session/form';
import { TextField } from '#/ui/TextField';
import type { Webhook, WebhookFilter, WebhookWithSecret } from '../../exchange';
import { FormButtons } from '../../parts/FormButtons';
import { useSource } from '../SourceFrame';
import { isFeedAddress } from '../schedule/ScheduleForm';
import { everything, FilterFields } from './fields';

interface Values {
  name: string;
  url: string;
  filter: WebhookFilter;
}

export interface CreateWebhookProps {
  onCreated: (webhook: Webhook, secret: string) => void;
  onClose: () => void;
}

/** A new receiver. Its secret comes with the answer, this once. */
export function CreateWebhook({ onCreated, onClose }: CreateWebhookProps) {
  const t = useTranslations('adminWebhooks');
  const a = useTranslations('admin');
  const invalidate = useInvalidate();
  const { source, path } = useSource();
  const draft = useDraft<Values>(`webhook:${source.key}`, { name: '', url: '', filter: everything });
  const { values, keep } = draft;
  const form = useForm({
    fields: {
      name: { required: a('nameMissing') },
      url: {
        required: t('urlMissing'),
        check: (text) => (isFeedAddress(text) ? undefined : t('urlInvalid')),
      },
    },
    onSubmit: async ({ name, url }) => {
      const { data } = await call<WebhookWithSecret>('POST', `${path}/webhooks`, {
        body: { name, url, filter: values.filter, enabled: true },
      });
      draft.discard();
      onCreated(data.webhook, data.secret);
      void invalidate(`${path}/webhooks`);
    },
  });
  return (
    <form {...form.props} onInput={keepInput(draft)} className="admin__form admin__panel">
      <FormErrors form={form} />
      <TextField
        {...form.field('name')}
        label={a('name')}
        hint={t('nameHint')}
        autoComplete="off"
        maxLength={200}
        defaultValue={values.name}
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
        defaultValue={values.url}
      />
      <FilterFields filter={values.filter} onChange={(filter) => keep({ ...values, filter })} />
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
