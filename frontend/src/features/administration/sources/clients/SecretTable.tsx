import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { Badge } from '#/ui/Badge';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { ActionButton } from '../../parts/ActionButton';
import { Moment } from '../../parts/Moment';
import type { Client, ClientSecret } from '../../types';
import { isExpired, validSecrets } from './secret-state';

/** The secrets of a partner system: known by their end, never shown. */
export function SecretTable({ client, path }: { client: Client; path: string }) {
  const t = useTranslations('adminClients');
  const a = useTranslations('admin');
  const invalidate = useInvalidate();
  const now = new Date();
  const valid = validSecrets(client, now);
  const columns: DataColumn<ClientSecret>[] = [
    {
      key: 'hint',
      header: t('secret'),
      cell: ({ hint }) => t.rich('secretHint', { hint, code: (text) => <code>{text}</code> }),
    },
    { key: 'issued', header: t('issued'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      key: 'expires',
      header: t('expires'),
      cell: (secret) =>
        secret.expiresAt ? (
          <>
            <Moment at={secret.expiresAt} />{' '}
            {isExpired(secret, now) ? <Badge tone="danger">{t('expired')}</Badge> : null}
          </>
        ) : (
          t('expiresNever')
        ),
    },
    {
      key: 'lastUsed',
      header: t('lastUsed'),
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <Moment at={lastUsedAt} time /> : <span className="muted">{t('unused')}</span>,
    },
  ];
  if (!client.revokedAt) {
    columns.push({
      key: 'actions',
      header: a('actions'),
      hideHeader: true,
      cell: (secret) => (
        <ActionButton
          variant="quiet"
          run={async () => {
            await call('DELETE', `${path}/secrets/${secret.id}`);
            await invalidate('/api/v1/sources');
          }}
          done={t('secretEnded')}
          confirm={{
            title: t('endSecretTitle'),
            text: (
              <>
                <p>{t('endSecretText', { hint: secret.hint })}</p>
                {valid.length === 1 && valid[0]?.id === secret.id ? (
                  <p>
                    <strong>{t('endSecretLast')}</strong>
                  </p>
                ) : null}
              </>
            ),
            confirm: t('endSecretDo'),
            danger: true,
          }}
        >
          {t('endSecret')}
          <span className="visually-hidden">
            : {t('secret')} {secret.hint}
          </span>
        </ActionButton>
      ),
    });
  }
  return (
    <>
      {client.secrets.length > 0 ? (
        <DataTable caption={t('secrets')} columns={columns} rows={client.secrets} rowKey={({ id }) => id} />
      ) : null}
      {valid.length === 0 && !client.revokedAt ? (
        <p>
          <Badge tone="danger" icon="warning">
            {t('noSecrets')}
          </Badge>
        </p>
      ) : null}
    </>
  );
}
