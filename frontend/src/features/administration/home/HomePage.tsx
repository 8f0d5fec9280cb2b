import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { may } from '#/features/session/session-store';
import { useAccount } from '#/features/session/store';
import { Card } from '#/ui/Card';
import { EmptyState } from '#/ui/EmptyState';
import { Icon } from '#/ui/Icon';
import { Link } from '#/ui/Link';
import { useAnnouncement } from '#/ui/LiveRegion';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { areas } from '../areas';
import { PageHead } from '../parts/PageHead';
import { useOwnOrganizations } from '../parts/use-own-organizations';
import { TaskLine } from './TaskLine';
import { useQueue } from './use-queue';
import './style.css';

/** What waits for the signed-in person, and the ways to everything they may do. */
export function HomePage() {
  const t = useTranslations('adminHome');
  return (
    <>
      <PageHead title={t('title')} />
      <Queue />
      <Organizations />
      <Areas />
    </>
  );
}

function Queue() {
  const t = useTranslations('adminHome');
  const { tasks, ready, error, retry } = useQueue();
  useAnnouncement(ready && tasks.length > 0 ? t('queueCount', { count: tasks.length }) : undefined);
  return (
    <section aria-labelledby="admin-queue" aria-busy={!ready && !error} className="admin-queue">
      <h2 id="admin-queue">{t('queue')}</h2>
      {error ? <ProblemNotice error={error} onRetry={retry} /> : null}
      {!ready && !error ? <Skeleton count={4} /> : null}
      {tasks.length > 0 && (ready || error) ? (
        <>
          <p className="muted small">{t('queueCount', { count: tasks.length })}</p>
          <ul className="admin-queue__list">
            {tasks.map((task) => (
              <TaskLine key={`${task.kind}-${task.id}`} task={task} />
            ))}
          </ul>
        </>
      ) : null}
      {ready && tasks.length === 0 ? (
        <EmptyState icon="check" title={t('empty')} level={3}>
          <p>{t('emptyText')}</p>
        </EmptyState>
      ) : null}
    </section>
  );
}

/** The shortest way for people who look after one organisation. */
function Organizations() {
  const t = useTranslations('adminHome');
  const lang = useLanguage();
  const account = useAccount();
  const organizations = useOwnOrganizations().filter(({ id }) => may(account, 'members.read', id));
  if (organizations.length === 0) return null;
  return (
    <section className="admin__section" aria-labelledby="admin-own">
      <h2 id="admin-own">{t('ownOrganizations')}</h2>
      <ul className="admin-areas">
        {organizations.map(({ id, name }) => (
          <Card as="li" key={id} interactive className="admin-area">
            <Icon name="building" size="lg" />
            <Link
              className="card__link admin-area__title"
              variant="standalone"
              to="/$lang/verwaltung/einrichtungen/$id"
              params={{ lang, id }}
            >
              <bdi>{name}</bdi>
            </Link>
          </Card>
        ))}
      </ul>
    </section>
  );
}

function Areas() {
  const t = useTranslations('adminHome');
  const names = useTranslations('admin');
  const lang = useLanguage();
  const account = useAccount();
  return (
    <section className="admin__section" aria-labelledby="admin-areas">
      <h2 id="admin-areas">{t('areas')}</h2>
      <ul className="admin-areas">
        {areas
          .filter(({ capability }) => may(account, capability))
          .map(({ key, to, icon }) => (
            <Card as="li" key={key} interactive className="admin-area">
              <Icon name={icon} size="lg" />
              <div>
                <Link className="card__link admin-area__title" variant="standalone" to={to} params={{ lang }}>
                  {names(`page.${key}`)}
                </Link>
                <p className="small muted">{t(`area.${key}`)}</p>
              </div>
            </Card>
          ))}
      </ul>
    </section>
  );
}
