import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { Button } from '#/ui/Button';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { Webhook } from '../../exchange';
import { useFormFocus, useSectionFocus } from '../../parts/focus';
import { Moment } from '../../parts/Moment';
import { StatusBadge } from '../../parts/StatusBadge';
import type { Whole } from '../../types';
import { SourcePart, useSource } from '../SourceFrame';
import { validateWebhooksSearch } from '../sources-search';
import { CreateWebhook } from './CreateWebhook';
import { WebhookSecret } from './WebhookSecret';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key/webhooks');

/** Whom the portal tells about changes. */
export function WebhooksPage() {
  return (
    <SourcePart needs={['webhooks.manage']}>
      <Webhooks />
    </SourcePart>
  );
}

function Webhooks() {
  const t = useTranslations('adminWebhooks');
  const lang = useLanguage();
  const navigate = useNavigate();
  const { source, path } = useSource();
  const { form } = validateWebhooksSearch({ ...route.useSearch() });
  const { data, error, refetch } = usePrivateQuery<Whole<Webhook>>(`${path}/webhooks`);
  const [shown, setShown] = useState<{ webhook: Webhook; secret: string }>();
  const { opener, frame } = useFormFocus(form === 'webhook');
  const section = useSectionFocus(shown !== undefined);
  const webhooks = data?.data.data ?? [];

  const openForm = (open: boolean) =>
    void navigate({
      to: '/$lang/verwaltung/quellen/$key/webhooks',
      params: { lang, key: source.key },
      search: { form: open ? 'webhook' : undefined },
      resetScroll: false,
    });

  return (
    <section ref={section} className="admin__section" aria-labelledby="source-webhooks">
      <h2 id="source-webhooks">{t('title')}</h2>
      <p className="admin__lead">{t('lead')}</p>
      {shown ? (
        <WebhookSecret
          key={shown.secret}
          name={shown.webhook.name}
          secret={shown.secret}
          onDone={() => setShown(undefined)}
        />
      ) : null}
      {error ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
      {!data && !error ? <Skeleton count={4} /> : null}
      {data && webhooks.length === 0 ? <p>{t('empty')}</p> : null}
      {webhooks.length > 0 ? <WebhookTable webhooks={webhooks} /> : null}
      {source.revokedAt ? null : form === 'webhook' ? (
        <div ref={frame}>
          <CreateWebhook
            onClose={() => openForm(false)}
            onCreated={(webhook, secret) => {
              openForm(false);
              setShown({ webhook, secret });
            }}
          />
        </div>
      ) : (
        <Button ref={opener} variant="secondary" size="sm" onClick={() => openForm(true)}>
          {t('create')}
        </Button>
      )}
    </section>
  );
}

function WebhookTable({ webhooks }: { webhooks: Webhook[] }) {
  const t = useTranslations('adminWebhooks');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { source } = useSource();
  const columns: DataColumn<Webhook>[] = [
    {
      key: 'name',
      header: a('name'),
      cell: ({ id, name, url }) => (
        <>
          <Link to="/$lang/verwaltung/quellen/$key/webhooks/$id" params={{ lang, key: source.key, id }}>
            <bdi>{name}</bdi>
          </Link>
          <span className="admin__under">
            <bdi>{url}</bdi>
          </span>
        </>
      ),
    },
    { key: 'state', header: a('statusLabel'), cell: (webhook) => <WebhookState webhook={webhook} /> },
    { key: 'created', header: t('created'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
  ];
  return <DataTable caption={t('title')} columns={columns} rows={webhooks} rowKey={({ id }) => id} />;
}

export function WebhookState({ webhook: { enabled, failingSince } }: { webhook: Webhook }) {
  return <StatusBadge status={enabled ? (failingSince ? 'failed' : 'active') : 'paused'} />;
}
