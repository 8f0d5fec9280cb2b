import { getRouteApi, Outlet, Link as RouterLink, useLocation } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext } from 'react';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { usePageTitle } from '#/app/page';
import { usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { may } from '#/features/session/session-store';
import { useAccount } from '#/features/session/store';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { VisuallyHidden } from '#/ui/VisuallyHidden';
import { Missing } from '../parts/Missing';
import { PageHead } from '../parts/PageHead';
import { StatusBadge } from '../parts/StatusBadge';
import type { Source } from '../types';
import { tabOf, tabs } from './tabs';
import './style.css';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key');

interface SourceState {
  source: Source;
  /** Address of the source in the API. */
  path: string;
  reload: () => Promise<unknown>;
}

const SourceContext = createContext<SourceState | undefined>(undefined);

/** The source whose page this is. */
export function useSource(): SourceState {
  const state = useContext(SourceContext);
  if (!state) throw new Error('useSource needs SourceFrame around it');
  return state;
}

/** Frame of all pages of one source: its name, its parts, and the one that is open. */
export function SourceFrame() {
  return (
    <RequireSession capability="sources.read">
      <SourceLoader />
    </RequireSession>
  );
}

function SourceLoader() {
  const t = useTranslations('adminSources');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { key } = route.useParams();
  const path = `/api/v1/sources/${encodeURIComponent(key)}`;
  const tab = useLocation({ select: ({ pathname }) => tabOf(pathname) });
  const { data, error, refetch } = usePrivateQuery<Source>(path);
  usePageTitle(data?.data.name ?? t('title'));
  const back = (
    <Link to="/$lang/verwaltung/quellen" params={{ lang }}>
      {a('back')}
    </Link>
  );
  if (data) {
    const source = data.data;
    const part = t(`tab.${tab}`);
    return (
      <SourceContext value={{ source, path, reload: refetch }}>
        <PageHead
          title={`${part} – ${source.name}`}
          heading={
            <>
              <bdi>{source.name}</bdi>
              <VisuallyHidden>: {part}</VisuallyHidden>
            </>
          }
          back={back}
        >
          <StatusBadge status={source.revokedAt ? 'revoked' : 'active'} />
        </PageHead>
        <Tabs source={source} />
        <Ended source={source} />
        <div key={key}>
          <Outlet />
        </div>
      </SourceContext>
    );
  }
  if (statusOf(error) === 404) return <Missing back={back} />;
  if (error) return <ProblemNotice error={error} onRetry={() => refetch()} />;
  return <Skeleton shape="block" />;
}

function Ended({ source: { revokedAt } }: { source: Source }) {
  const t = useTranslations('adminSources');
  const format = useFormat();
  if (!revokedAt) return null;
  return <Notice tone="warning">{t('revokedText', { date: format.shortDate(revokedAt) })}</Notice>;
}

/** Every part has an address of its own, so these are links. */
function Tabs({ source }: { source: Source }) {
  const t = useTranslations('adminSources');
  const lang = useLanguage();
  const account = useAccount();
  const open = tabs.filter(({ needs }) =>
    needs.some((capability) => may(account, capability, source.organization?.id)),
  );
  return (
    <nav className="source-tabs no-print" aria-label={t('tabs')}>
      <ul className="source-tabs__list">
        {open.map(({ key, to }) => (
          <li key={key}>
            <RouterLink
              className="source-tabs__link"
              to={to}
              params={{ lang, key: source.key }}
              activeOptions={{ exact: key === 'overview', includeSearch: false }}
            >
              {t(`tab.${key}`)}
            </RouterLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export interface SourcePartProps {
  /** One of these opens it. */
  needs: readonly string[];
  children: ReactNode;
}

/** A part of a source for those who may use it here. */
export function SourcePart({ needs, children }: SourcePartProps) {
  const t = useTranslations('adminSources');
  const account = useAccount();
  const { source } = useSource();
  if (needs.some((capability) => may(account, capability, source.organization?.id))) return children;
  return (
    <div className="admin__section">
      <Notice>
        <p>{t('denied')}</p>
      </Notice>
    </div>
  );
}
