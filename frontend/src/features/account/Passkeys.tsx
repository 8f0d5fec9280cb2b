import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { call } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import type { PasskeyQuestion } from '#/features/session/types';
import { usePasskeyWords } from '#/features/session/use-passkey-words';
import { useSubmit } from '#/features/session/use-submit';
import { makePasskey, passkeysSupported } from '#/features/session/webauthn';
import { Button } from '#/ui/Button';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { announce } from '#/ui/LiveRegion';
import { Notice } from '#/ui/Notice';
import { TextField } from '#/ui/TextField';
import type { Passkey } from './types';
import { useFactorsChanged } from './use-factors-changed';

/** The passkeys of the account: add and remove. */
export function Passkeys({ passkeys }: { passkeys: Passkey[] }) {
  const t = useTranslations('factors');
  const changed = useFactorsChanged();
  const [removing, setRemoving] = useState<Passkey>();
  const remove = useSubmit(async (id: string) => {
    await call('DELETE', `/api/v1/me/factors/passkeys/${id}`);
    await changed();
    setRemoving(undefined);
    announce(t('passkeyRemoved'));
  });
  return (
    <>
      <p>{t('passkeysText')}</p>
      {passkeys.length > 0 ? (
        <ul className="account__items">
          {passkeys.map((passkey) => (
            <Item key={passkey.id} passkey={passkey} onRemove={() => setRemoving(passkey)} />
          ))}
        </ul>
      ) : null}
      {passkeysSupported() ? (
        <AddPasskey onAdded={changed} />
      ) : (
        <Notice>
          <p>{t('passkeysUnsupported')}</p>
        </Notice>
      )}
      <ConfirmDialog
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('passkeyRemoveTitle', { name: removing?.name ?? '' })}
        confirm={t('passkeyRemove')}
        danger
        pending={remove.pending}
        error={remove.error}
        onConfirm={() => removing && void remove.submit(removing.id)}
      >
        <p>{t('passkeyRemoveText')}</p>
      </ConfirmDialog>
    </>
  );
}

function Item({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const t = useTranslations('factors');
  const format = useFormat();
  const { name, createdAt, lastUsedAt } = passkey;
  return (
    <li className="account__item">
      <div>
        <p className="account__item-name">
          <bdi>{name}</bdi>
        </p>
        <p className="small muted">
          {t('passkeyAdded', { date: format.date(createdAt) })}
          {' · '}
          {lastUsedAt ? t('passkeyUsed', { date: format.date(lastUsedAt) }) : t('passkeyUnused')}
        </p>
      </div>
      <Button variant="quiet" size="sm" onClick={onRemove}>
        {t('passkeyRemove')}
        <span className="visually-hidden">: {name}</span>
      </Button>
    </li>
  );
}

function AddPasskey({ onAdded }: { onAdded: () => Promise<void> }) {
  const t = useTranslations('factors');
  const words = usePasskeyWords();
  const [added, setAdded] = useState(0);
  const form = useForm({
    fields: { name: { required: t('passkeyNameMissing') } },
    words: {
      'not-found': { field: 'name', message: words['not-found'] ?? '' },
      'code-invalid': { field: 'name', message: t('passkeyNotMade') },
    },
    onSubmit: async ({ name }) => {
      const { data } = await call<PasskeyQuestion>('POST', '/api/v1/me/factors/passkeys/begin');
      const credential = await makePasskey(data.options);
      await call('POST', '/api/v1/me/factors/passkeys/finish', {
        body: { challenge: data.challenge, credential, name },
      });
      await onAdded();
      setAdded((times) => times + 1);
      announce(t('passkeyOn'));
    },
  });
  return (
    <form {...form.props} className="stack account__form">
      <FormErrors form={form} />
      <TextField
        key={added}
        {...form.field('name')}
        label={t('passkeyName')}
        hint={t('passkeyNameHint')}
        autoComplete="off"
        maxLength={100}
      />
      <p>
        <SubmitButton variant="secondary" pending={form.pending}>
          {t('passkeyAdd')}
        </SubmitButton>
      </p>
    </form>
  );
}
