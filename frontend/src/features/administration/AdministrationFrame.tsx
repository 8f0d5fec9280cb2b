import { Link, Outlet } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { RequireSession } from '#/features/session/RequireSession';
import { may } from '#/features/session/session-store';
import { useAccount } from '#/features/session/store';
import { Icon } from '#/ui/Icon';
import { areas } from './areas';
import { Results } from './parts/results';
import './style.css';

/** Frame of the administration: the areas that the account may use, and the page. */
export function AdministrationFrame() {
  return (
    <RequireSession capability={areas.map(({ capability }) => capability)}>
      <div className="page admin">
        <Navigation />
        <div className="admin__main">
          <Results>
            <Outlet />
          </Results>
        </div>
      </div>
    </RequireSession>
  );
}

function Navigation() {
  const t = useTranslations('admin');
  const lang = useLanguage();
  const account = useAccount();
  return (
    <nav className="admin__nav no-print" aria-label={t('navigation')}>
      <ul className="admin__links">
        <li>
          <Link
            className="admin__link"
            to="/$lang/verwaltung"
            params={{ lang }}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            <Icon name="home" />
            {t('page.home')}
          </Link>
        </li>
        {areas
          .filter(({ capability }) => may(account, capability))
          .map(({ key, to, icon }) => (
            <li key={key}>
              <Link
                className="admin__link"
                to={to}
                params={{ lang }}
                activeOptions={{ includeSearch: false }}
              >
                <Icon name={icon} />
                {t(`page.${key}`)}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
