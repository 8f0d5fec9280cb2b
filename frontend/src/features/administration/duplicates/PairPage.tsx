import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { call, useInvalidate, usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { PairDetail } from '../exchange';
import { ActionButton } from '../parts/ActionButton';
import { useSectionFocus } from '../parts/focus';
import { Missing } from '../parts/Missing';
import { PageHead } from '../parts/PageHead';
import { Comparison } from './Comparison';
import { DecisionForm } from './DecisionForm';
import { PairBadge } from './PairBadge';
import { useReason } from './use-reason';
import './style.css';

const route = getRouteApi('/$lang/private/verwaltung/doppelte-angebote/$id');

export function PairPage() {
  return (
    <RequireSession capability="duplicates.review">
      <PairLoader />
    </RequireSession>
  );
}

function PairLoader() {
  const t = useTranslations('adminDuplicates');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { id } = route.useParams();
  const { data, error, refetch } = usePrivateQuery<PairDetail>(
    `/api/v1/duplicates/${encodeURIComponent(id)}`,
  );
  const back = (
    <Link to="/$lang/verwaltung/doppelte-angebote" params={{ lang }}>
      {a('back')}
    </Link>
  );
  if (data) {
    return (
      <>
        <PageHead title={t('pairTitle')} lead={t('pairLead')} back={back}>
          <PairBadge state={data.data.state} />
        </PageHead>
        <PairView key={id} pair={data.data} reload={refetch} />
      </>
    );
  }
  if (statusOf(error) === 404) return <Missing back={back} />;
  if (error) return <ProblemNotice error={error} onRetry={() => refetch()} />;
  return <Skeleton shape="block" />;
}

function PairView({ pair, reload }: { pair: PairDetail; reload: () => Promise<unknown> }) {
  const t = useTranslations('adminDuplicates');
  const invalidate = useInvalidate();
  const reason = useReason();
  const { first, second, state, kept } = pair;
  const section = useSectionFocus(state === 'open');
  const keptOffer = kept === second.id ? second : first;
  return (
    <>
      <p>{t('found', { reasons: pair.reasons.map(reason).join(', '), score: pair.score })}</p>
      <Comparison first={first} second={second} />
      <section ref={section} className="admin__section" aria-labelledby="pair-decision">
        <h2 id="pair-decision">{t('decision')}</h2>
        {state === 'open' ? (
          <DecisionForm pair={pair} reload={reload} />
        ) : (
          <>
            <Notice>
              <p>
                {state === 'merged'
                  ? t('decidedMerged', {
                      title: keptOffer.title,
                      organization: keptOffer.organization.name,
                    })
                  : t(`decided.${state}`)}
              </p>
            </Notice>
            <ActionButton
              run={async () => {
                await call('POST', `/api/v1/duplicates/${encodeURIComponent(pair.id)}/decision`, {
                  body: { decision: 'reopen' },
                  version: pair.version,
                });
                await reload();
                void invalidate('/api/v1/duplicates');
              }}
              done={t('reopened')}
              confirm={{
                title: t('reopenTitle'),
                text: <p>{t('reopenText')}</p>,
                confirm: t('reopen'),
              }}
            >
              {t('reopen')}
            </ActionButton>
          </>
        )}
      </section>
    </>
  );
}
