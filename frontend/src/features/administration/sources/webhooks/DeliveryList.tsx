import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { call, useInvalidate } from '#/features/session/api';
import { Button } from '#/ui/Button';
import type { DataColumn } from '#/ui/DataTable';
import { Select } from '#/ui/Select';
import { type Delivery, type DeliveryState, deliveryStates, type Webhook } from '../../exchange';
import { ActionButton } from '../../parts/ActionButton';
import { ListRows } from '../../parts/ListRows';
import { Moment } from '../../parts/Moment';
import { StatusBadge } from '../../parts/StatusBadge';
import { usePrivateList } from '../../parts/use-private-list';
import { useSource } from '../SourceFrame';
import { validateWebhookSearch } from '../sources-search';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key/webhooks/$id');

/** What was sent, is waiting, or was given up. */
export function DeliveryList({ webhook, address }: { webhook: Webhook; address: string }) {
  const t = useTranslations('adminWebhooks');
  const lang = useLanguage();
  const navigate = useNavigate();
  const { source } = useSource();
  const { state } = validateWebhookSearch({ ...route.useSearch() });
  const path = `${address}/deliveries`;
  const list = usePrivateList<Delivery>(path, { state }, { limit: 20 });
  const invalidate = useInvalidate();
  const columns: DataColumn<Delivery>[] = [
    {
      key: 'created',
      header: t('deliveryCreated'),
      cell: ({ createdAt, event }) => (
        <>
          <Moment at={createdAt} time />
          <span className="admin__under">
            <code>{event}</code>
          </span>
        </>
      ),
    },
    {
      key: 'state',
      header: t('deliveryState'),
      cell: (delivery) => <StatusBadge status={delivery.state} />,
    },
    { key: 'outcome', header: t('outcome'), cell: (delivery) => <Outcome delivery={delivery} /> },
    {
      key: 'actions',
      header: t('deliveryActions'),
      hideHeader: true,
      cell: ({ id, state: delivered }) =>
        delivered === 'pending' ? null : (
          <div className="admin__buttons">
            <ActionButton
              run={async () => {
                await call('POST', `${path}/${encodeURIComponent(id)}/replay`);
                await invalidate(path);
              }}
              done={t('replayed')}
            >
              {t('replay')}
            </ActionButton>
          </div>
        ),
    },
  ];
  return (
    <section className="admin__section" aria-labelledby="webhook-deliveries">
      <h3 id="webhook-deliveries">{t('deliveries')}</h3>
      <div className="admin__filters">
        <Select
          label={t('deliveryState')}
          value={state ?? ''}
          options={[
            { value: '', label: t('allStates') },
            ...deliveryStates.map((code) => ({ value: code, label: t(`deliveryStateName.${code}`) })),
          ]}
          onChange={(next) =>
            void navigate({
              to: '/$lang/verwaltung/quellen/$key/webhooks/$id',
              params: { lang, key: source.key, id: webhook.id },
              search: { state: (next || undefined) as DeliveryState | undefined },
              resetScroll: false,
            })
          }
        />
        <div>
          <Button variant="secondary" icon="refresh" onClick={list.retry}>
            {t('reload')}
          </Button>
        </div>
      </div>
      <ListRows
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        caption={t('deliveries')}
        empty={t('noDeliveries')}
      />
    </section>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const t = useTranslations('adminWebhooks');
  const { attempts, lastStatus, lastError, nextAttemptAt, state } = delivery;
  return (
    <>
      {t('attempts', { count: attempts })}
      {lastStatus ? <span className="admin__under">{t('answered', { status: lastStatus })}</span> : null}
      {lastError ? <span className="admin__under">{lastError}</span> : null}
      {state === 'pending' && nextAttemptAt ? (
        <span className="admin__under">
          {t('nextAttempt')} <Moment at={nextAttemptAt} time />
        </span>
      ) : null}
    </>
  );
}
