import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { Button } from '#/ui/Button';
import { Notice } from '#/ui/Notice';
import { SecretOnce } from '#/ui/SecretOnce';
import type { Client, IssuedSecret, Source } from '../../types';
import { type Access, importExample, tokenExample } from './examples';

export interface NewSecretProps {
  source: Source;
  client: Client;
  issued: IssuedSecret;
  onDone: () => void;
}

/** The one time a secret is shown, with what its owner needs next. */
export function NewSecret({ source, client, issued, onDone }: NewSecretProps) {
  const t = useTranslations('adminClients');
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const access: Access = {
    origin: window.location.origin,
    source: source.key,
    client: client.id,
    secret: issued.secret,
  };
  const token = tokenExample(access, client.scopes);
  const upload = client.scopes.includes('imports:run') ? importExample(access) : undefined;
  const file = [
    t('file.title', { name: client.name }),
    '',
    `${t('file.source')}: ${source.name} (${source.key})`,
    `client_id: ${client.id}`,
    `client_secret: ${issued.secret}`,
    `${t('file.issued')}: ${format.shortDate(new Date().toISOString())}`,
    `${t('file.expires')}: ${issued.expiresAt ? format.shortDate(issued.expiresAt) : t('expiresNever')}`,
    '',
    `# ${t('tokenExample')}`,
    token,
    ...(upload ? ['', `# ${t('importExample')}`, upload] : []),
    '',
  ].join('\n');

  return (
    <section className="admin__panel admin-once" aria-labelledby="new-secret">
      <h3 id="new-secret" ref={heading} tabIndex={-1} className="admin__focus">
        {t('onceTitle', { name: client.name })}
      </h3>
      <Notice tone="warning">
        <p>{t('onceText')}</p>
      </Notice>
      <SecretOnce label={t('id')} value={client.id} />
      <SecretOnce
        label={t('secret')}
        value={issued.secret}
        file={{ name: `${source.key}-${client.id.slice(-8)}.txt`, text: file }}
      />
      <SecretOnce label={t('tokenExample')} value={token} />
      {upload ? <SecretOnce label={t('importExample')} value={upload} /> : null}
      <Button onClick={onDone}>{t('onceDone')}</Button>
    </section>
  );
}
