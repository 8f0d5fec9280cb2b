import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { Badge } from '#/ui/Badge';
import { Button } from '#/ui/Button';
import { ActionButton } from '../../parts/ActionButton';
import { Facts } from '../../parts/Facts';
import { useFormFocus } from '../../parts/focus';
import { Moment } from '../../parts/Moment';
import { StatusBadge } from '../../parts/StatusBadge';
import type { Client, IssuedSecret, Source } from '../../types';
import { ClientForm } from './ClientForm';
import { RotateSecret } from './RotateSecret';
import { SecretTable } from './SecretTable';
import { scopeLabel } from './scopes';

export interface ClientCardProps {
  source: Source;
  client: Client;
  reload: () => Promise<unknown>;
  onIssued: (issued: IssuedSecret) => void;
}

/** One partner system with its secrets. */
export function ClientCard({ source, client, reload, onIssued }: ClientCardProps) {
  const t = useTranslations('adminClients');
  const invalidate = useInvalidate();
  const [editing, setEditing] = useState(false);
  const { opener, frame } = useFormFocus(editing);
  const path = `/api/v1/sources/${encodeURIComponent(source.key)}/clients/${client.id}`;
  const headingId = `client-${client.id}`;
  const active = !client.revokedAt && !source.revokedAt;
  const hasKey = client.jwks !== undefined && client.jwks !== null;
  return (
    <article className="admin__panel" aria-labelledby={headingId}>
      <div className="admin-client__head">
        <h3 id={headingId}>
          <bdi>{client.name}</bdi>
        </h3>
        <StatusBadge status={active ? 'active' : 'revoked'} />
      </div>
      {editing ? (
        <div ref={frame}>
          <ClientForm client={client} path={path} reload={reload} onClose={() => setEditing(false)} />
        </div>
      ) : (
        <Facts
          facts={[
            [
              t('scopes'),
              <ul key="scopes" className="admin__plain">
                {client.scopes.map((scope) => {
                  const label = scopeLabel(scope);
                  return (
                    <li key={scope}>
                      {label ? `${t(label)} ` : null}
                      <code>{scope}</code>
                    </li>
                  );
                })}
              </ul>,
            ],
            [t('id'), <code key="id">{client.id}</code>],
            [
              t('lastUsed'),
              client.lastUsedAt ? <Moment key="used" at={client.lastUsedAt} time /> : t('unused'),
            ],
          ]}
        />
      )}
      {hasKey ? (
        <p>
          <Badge tone="info">{t('key')}</Badge>
        </p>
      ) : (
        <SecretTable client={client} path={path} />
      )}
      {active ? (
        <div className="admin__buttons">
          {hasKey ? null : <RotateSecret client={client} path={path} onIssued={onIssued} />}
          {editing ? null : (
            <Button ref={opener} variant="secondary" size="sm" icon="pencil" onClick={() => setEditing(true)}>
              {t('edit')}
              <span className="visually-hidden">: {client.name}</span>
            </Button>
          )}
          <ActionButton
            variant="quiet"
            run={async () => {
              await call('DELETE', path, { version: client.version });
              await invalidate('/api/v1/sources');
            }}
            done={t('revoked')}
            confirm={{
              title: t('revokeTitle', { name: client.name }),
              text: <p>{t('revokeText')}</p>,
              confirm: t('revoke'),
              danger: true,
            }}
          >
            {t('revoke')}
            <span className="visually-hidden">: {client.name}</span>
          </ActionButton>
        </div>
      ) : null}
    </article>
  );
}
