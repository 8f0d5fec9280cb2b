import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { call, useInvalidate, usePrivateQuery } from '#/features/session/api';
import { linkError } from '#/features/session/link-token';
import type { Provider } from '#/features/session/types';
import { useProviderError } from '#/features/session/use-provider-error';
import { useProviders } from '#/features/session/use-providers';
import { useSubmit } from '#/features/session/use-submit';
import { Button } from '#/ui/Button';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { announce } from '#/ui/LiveRegion';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Section } from './AccountFrame';
import type { LinkedIdentity } from './types';

const PATH = '/api/v1/me/identities';

/** Links with identity providers: make and remove. Nothing where the operator has connected none. */
export function Identities() {
  const t = useTranslations('identities');
  const providers = useProviders();
  const { data, error, refetch } = usePrivateQuery<{ data: LinkedIdentity[] }>(PATH);
  const failed = useProviderError(linkError());
  if (!providers?.length) return null;
  return (
    <Section id="identities" title={t('title')}>
      <p>{t('text')}</p>
      {failed ? (
        <Notice tone="danger" role="alert" title={t('failed')}>
          <p>{failed}</p>
        </Notice>
      ) : null}
      {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <ul className="account__items">
          {providers.map((provider) => (
            <Item
              key={provider.id}
              provider={provider}
              linked={data.data.data.find(({ id }) => id === provider.id)}
            />
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

function Item({
  provider: { id, name },
  linked,
}: {
  provider: Provider;
  linked: LinkedIdentity | undefined;
}) {
  const t = useTranslations('identities');
  const format = useFormat();
  const invalidate = useInvalidate();
  const [removing, setRemoving] = useState(false);
  const path = `${PATH}/${encodeURIComponent(id)}`;
  const link = useSubmit(async () => {
    const { data } = await call<{ url: string }>('POST', `${path}/link`);
    window.location.assign(data.url);
  });
  const unlink = useSubmit(async () => {
    await call('DELETE', path);
    await invalidate(PATH);
    setRemoving(false);
    announce(t('removed'));
  });
  return (
    <li className="account__item">
      <div>
        <p className="account__item-name">
          <bdi>{name}</bdi>
        </p>
        <p className="small muted">
          {linked ? t('since', { date: format.date(linked.createdAt) }) : t('notLinked')}
        </p>
        {link.error ? <ProblemNotice error={link.error} /> : null}
      </div>
      {linked ? (
        <Button variant="quiet" size="sm" onClick={() => setRemoving(true)}>
          {t('remove')}
          <span className="visually-hidden">: {name}</span>
        </Button>
      ) : (
        <Button variant="secondary" size="sm" disabled={link.pending} onClick={() => void link.submit()}>
          {t('link')}
          <span className="visually-hidden">: {name}</span>
        </Button>
      )}
      <ConfirmDialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={t('removeTitle', { name })}
        confirm={t('remove')}
        danger
        pending={unlink.pending}
        error={unlink.error}
        onConfirm={() => void unlink.submit()}
      >
        <p>{t('removeText')}</p>
      </ConfirmDialog>
    </li>
  );
}
