import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { call, useInvalidate, usePrivateQuery } from '#/features/session/api';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { Webhook, WebhookWithSecret } from '../../exchange';
import { ActionButton } from '../../parts/ActionButton';
import { useSectionFocus } from '../../parts/focus';
import { SourcePart, useSource } from '../SourceFrame';
import { DeliveryList } from './DeliveryList';
import { WebhookForm } from './WebhookForm';
import { WebhookSecret } from './WebhookSecret';
import { WebhookState } from './WebhooksPage';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key/webhooks/$id');

/** One receiver: what it was sent, and what can be done with it. */
export function WebhookPage() {
  return (
    <SourcePart needs={['webhooks.manage']}>
      <WebhookLoader />
    </SourcePart>
  );
}

function WebhookLoader() {
  const t = useTranslations('adminWebhooks');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { id } = route.useParams();
  const { source, path } = useSource();
  const address = `${path}/webhooks/${encodeURIComponent(id)}`;
  const { data, error, refetch } = usePrivateQuery<Webhook>(address);
  return (
    <div className="admin__section">
      <p className="small no-print">
        <Link to="/$lang/verwaltung/quellen/$key/webhooks" params={{ lang, key: source.key }}>
          {t('all')}
        </Link>
      </p>
      {data ? (
        <WebhookView key={id} webhook={data.data} address={address} reload={refetch} />
      ) : statusOf(error) === 404 ? (
        <>
          <h2>{a('missing')}</h2>
          <p>{a('missingText')}</p>
        </>
      ) : error ? (
        <ProblemNotice error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton count={6} />
      )}
    </div>
  );
}

interface ViewProps {
  webhook: Webhook;
  address: string;
  reload: () => Promise<unknown>;
}

function WebhookView({ webhook, address, reload }: ViewProps) {
  const t = useTranslations('adminWebhooks');
  const lang = useLanguage();
  const format = useFormat();
  const navigate = useNavigate();
  const invalidate = useInvalidate();
  const { source, path } = useSource();
  const [secret, setSecret] = useState<string>();
  const section = useSectionFocus(secret !== undefined);
  const { name, failingSince, enabled, disabledBecause } = webhook;
  return (
    <section ref={section} aria-labelledby="webhook" className="stack">
      <div className="admin-client__head">
        <h2 id="webhook">
          <bdi>{name}</bdi>
        </h2>
        <WebhookState webhook={webhook} />
      </div>
      {failingSince && enabled ? (
        <Notice tone="danger" title={t('failing', { date: format.moment(failingSince) })}>
          <p>{t('failingText')}</p>
        </Notice>
      ) : null}
      {disabledBecause && !enabled ? (
        <Notice tone="danger" title={t(`disabled.${disabledBecause}`)}>
          <p>{t('disabledText')}</p>
        </Notice>
      ) : null}
      {secret ? (
        <WebhookSecret name={name} secret={secret} rotated onDone={() => setSecret(undefined)} />
      ) : null}
      <div className="admin__buttons">
        <ActionButton
          variant="primary"
          run={async () => {
            await call('POST', `${address}/test`);
            await invalidate(`${address}/deliveries`);
          }}
          done={t('tested')}
        >
          {t('test')}
        </ActionButton>
        <ActionButton
          run={async () => {
            const { data } = await call<WebhookWithSecret>('POST', `${address}/secret`);
            setSecret(data.secret);
            void reload();
          }}
          done={t('rotated')}
          confirm={{ title: t('rotateTitle'), text: <p>{t('rotateText')}</p>, confirm: t('rotate') }}
        >
          {t('rotate')}
        </ActionButton>
        <ActionButton
          variant="quiet"
          run={async () => {
            await call('DELETE', address, { version: webhook.version });
            await navigate({
              to: '/$lang/verwaltung/quellen/$key/webhooks',
              params: { lang, key: source.key },
            });
            void invalidate(`${path}/webhooks`);
          }}
          done={t('deleted')}
          confirm={{
            title: t('deleteTitle', { name }),
            text: <p>{t('deleteText')}</p>,
            confirm: t('delete'),
            danger: true,
          }}
        >
          {t('delete')}
        </ActionButton>
      </div>
      <DeliveryList webhook={webhook} address={address} />
      <section aria-labelledby="webhook-facts" className="admin__section">
        <h3 id="webhook-facts">{t('facts')}</h3>
        <WebhookForm webhook={webhook} address={address} reload={reload} />
      </section>
    </section>
  );
}
