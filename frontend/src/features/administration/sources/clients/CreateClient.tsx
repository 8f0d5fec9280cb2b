import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { keepInput, useDraft } from '#/features/session/drafts';
import { FormErrors, useForm } from '#/features/session/form';
import { RadioGroup } from '#/ui/RadioGroup';
import { TextArea } from '#/ui/TextArea';
import { TextField } from '#/ui/TextField';
import { FormButtons } from '../../parts/FormButtons';
import { useReport } from '../../parts/results';
import type { CreatedClient, NewClient, Scope, Source } from '../../types';
import { readJwks } from './jwks';
import { ScopeFields } from './ScopeFields';

interface Values {
  name: string;
  scopes: Scope[];
  proof: 'secret' | 'key';
  jwks: string;
}

export interface CreateClientProps {
  source: Source;
  onCreated: (created: CreatedClient) => void;
  onClose: () => void;
}

/** A partner system of a source: with a secret of ours, or with a key of its own. */
export function CreateClient({ source, onCreated, onClose }: CreateClientProps) {
  const t = useTranslations('adminClients');
  const a = useTranslations('admin');
  const invalidate = useInvalidate();
  const report = useReport();
  const draft = useDraft<Values>(`client:${source.key}`, {
    name: '',
    scopes: ['imports:run'],
    proof: 'secret',
    jwks: '',
  });
  const { values, keep } = draft;
  const path = `/api/v1/sources/${encodeURIComponent(source.key)}/clients`;
  const ownKey = values.proof === 'key';

  const form = useForm({
    fields: {
      name: { required: a('nameMissing') },
      scopes: { required: t('scopesMissing') },
      jwks: {
        required: ownKey ? t('jwksInvalid') : undefined,
        check: (text) => (ownKey && !readJwks(text) ? t('jwksInvalid') : undefined),
      },
    },
    onSubmit: async ({ name, jwks }) => {
      const { data } = await call<CreatedClient>('POST', path, {
        body: {
          name,
          scopes: values.scopes,
          // The description calls it an object only.
          jwks: ownKey ? (readJwks(jwks) as NewClient['jwks']) : undefined,
        } satisfies NewClient,
      });
      draft.discard();
      onCreated(data);
      // A secret says so itself, and must not be covered.
      if (!data.secret) report(t('created'));
      void invalidate('/api/v1/sources');
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
      <ScopeFields
        {...form.field('scopes')}
        value={values.scopes}
        onChange={(next) => keep({ ...values, scopes: next })}
      />
      <RadioGroup
        legend={t('proof')}
        value={values.proof}
        options={[
          { value: 'secret', label: t('proofSecret'), explanation: t('proofSecretText') },
          { value: 'key', label: t('proofKey'), explanation: t('proofKeyText') },
        ]}
        onChange={(proof) => keep({ ...values, proof })}
      />
      {ownKey ? (
        <TextArea
          {...form.field('jwks')}
          label={t('jwks')}
          hint={t('jwksHint')}
          spellCheck={false}
          defaultValue={values.jwks}
        />
      ) : null}
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
