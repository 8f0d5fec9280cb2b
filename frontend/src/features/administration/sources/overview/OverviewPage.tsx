import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { useCapability } from '#/features/session/store';
import { ButtonLink } from '#/ui/Button';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { Health } from '../../exchange';
import { ago } from '../../parts/ago';
import { Facts } from '../../parts/Facts';
import { Moment } from '../../parts/Moment';
import { useLicenceName } from '../LicenceField';
import { useSource } from '../SourceFrame';
import { everyNth, type Finding, findings } from './findings';

/** How a source is doing, in words first. */
export function OverviewPage() {
  const t = useTranslations('adminHealth');
  const { source, path } = useSource();
  const { data, error, refetch } = usePrivateQuery<Health>(`${path}/health`);
  const runs = useCapability('imports.run', source.organization?.id);
  const lang = useLanguage();
  return (
    <>
      <section className="admin__section" aria-labelledby="source-health" aria-busy={!data && !error}>
        <h2 id="source-health">{t('title')}</h2>
        {error ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
        {!data && !error ? <Skeleton count={4} /> : null}
        {data ? <State health={data.data} /> : null}
        {runs && !source.revokedAt ? (
          <p>
            <ButtonLink
              variant="secondary"
              size="sm"
              to="/$lang/verwaltung/quellen/$key/importe"
              params={{ lang, key: source.key }}
              search={{ form: 'file' }}
            >
              {t('upload')}
            </ButtonLink>
          </p>
        ) : null}
      </section>
      <About />
    </>
  );
}

function State({ health }: { health: Health }) {
  const t = useTranslations('adminHealth');
  const lang = useLanguage();
  const format = useFormat();
  const found = findings(health);
  const { records, lastSuccessAt, feedAgeSeconds, schedule } = health;
  const age = feedAgeSeconds ?? undefined;
  return (
    <>
      {found.length === 0 ? (
        <Notice tone="success" title={t('well')}>
          <p>
            {t('wellText', {
              ago: age === undefined ? t('recently') : ago(age, lang),
              count: records.published,
            })}
          </p>
        </Notice>
      ) : (
        <Notice tone="warning" title={t('attention', { count: found.length })}>
          <ul className="admin__bullets">
            {found.map((finding) => (
              <li key={finding.kind}>
                <FindingText finding={finding} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <dl className="source-health">
        <Figure
          label={t('lastSuccess')}
          value={lastSuccessAt ? <Moment at={lastSuccessAt} time /> : t('never')}
          text={lastSuccessAt && age !== undefined ? t('feedAge', { ago: ago(age, lang) }) : t('neverText')}
        />
        <Figure
          label={t('published')}
          value={format.number(records.published)}
          text={t('publishedText', { count: records.published })}
        />
        <Figure label={t('withdrawn')} value={format.number(records.withdrawn)} text={t('withdrawnText')} />
        <Figure
          label={t('errorRate')}
          value={percent(health.errorRate ?? 0, lang)}
          text={<Rate rate={health.errorRate ?? 0} />}
        />
        <Figure
          label={t('protected')}
          value={format.number(health.protectedFields)}
          text={t('protectedText', { count: health.protectedFields })}
        />
        <Figure
          label={t('waiting')}
          value={format.number(health.awaitingConfirmation)}
          text={t('waitingText', { count: health.awaitingConfirmation })}
        />
        {schedule?.enabled && schedule.nextAt ? (
          <Figure label={t('next')} value={<Moment at={schedule.nextAt} time />} text={t('nextText')} />
        ) : null}
      </dl>
    </>
  );
}

function percent(share: number, lang: string): string {
  return new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

function Rate({ rate }: { rate: number }) {
  const t = useTranslations('adminHealth');
  if (rate === 0) return t('rateNone');
  return t('rateSome', { every: everyNth(rate) });
}

/** A number, and what it means. */
function Figure({ label, value, text }: { label: string; value: ReactNode; text: ReactNode }) {
  return (
    <div className="source-health__item">
      <dt>{label}</dt>
      <dd className="source-health__value">{value}</dd>
      <dd className="source-health__text">{text}</dd>
    </div>
  );
}

function FindingText({ finding }: { finding: Finding }) {
  const t = useTranslations('adminHealth');
  const lang = useLanguage();
  const { source } = useSource();
  const params = { lang, key: source.key };
  switch (finding.kind) {
    case 'waiting':
      return (
        <Link to="/$lang/verwaltung/quellen/$key/importe" params={params}>
          {t('find.waiting', { count: finding.count })}
        </Link>
      );
    case 'fetchFailed':
      return (
        <>
          <Link to="/$lang/verwaltung/quellen/$key/zeitplan" params={params}>
            {t('find.fetchFailed', { count: finding.failures })}
          </Link>
          {finding.error ? <span className="admin__under">{finding.error}</span> : null}
        </>
      );
    case 'importFailed':
      return (
        <Link to="/$lang/verwaltung/quellen/$key/importe/$id" params={{ ...params, id: finding.id }}>
          {t('find.importFailed')}
        </Link>
      );
    case 'never':
      return t('find.never');
    case 'stale':
      return finding.seconds === undefined
        ? t('find.stale')
        : t('find.staleSince', { ago: ago(finding.seconds, lang) });
    case 'refused':
      return t('find.refused', { every: everyNth(finding.rate) });
    case 'paused':
      return t('find.paused');
  }
}

/** What a source is, for whoever has forgotten. */
function About() {
  const t = useTranslations('adminSources');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const licenceName = useLicenceName();
  const { source } = useSource();
  const { organization, confirmedAt } = source;
  return (
    <section className="admin__section" aria-labelledby="source-about">
      <h2 id="source-about">{t('facts')}</h2>
      <Facts
        facts={[
          [t('key'), <code key="key">{source.key}</code>],
          [
            a('organization'),
            organization ? (
              <Link
                key="organization"
                to="/$lang/verwaltung/einrichtungen/$id"
                params={{ lang, id: organization.id }}
              >
                <bdi>{organization.name}</bdi>
              </Link>
            ) : (
              a('noOrganization')
            ),
          ],
          [t('licence'), licenceName(source.licence)],
          [a('confirmed'), confirmedAt ? <Moment key="confirmed" at={confirmedAt} time /> : a('never')],
        ]}
      />
      <p className="small">
        <Link to="/$lang/partner" params={{ lang }}>
          {t('guide')}
        </Link>
      </p>
    </section>
  );
}
