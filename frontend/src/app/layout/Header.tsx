import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { cx } from '#/ui/cx';
import { Icon } from '#/ui/Icon';
import { Brand } from './Brand';
import { LanguageSwitch } from './LanguageSwitch';

const pages = [
  { to: '/$lang/angebote', key: 'offers' },
  { to: '/$lang/einrichtungen', key: 'organizations' },
  { to: '/$lang/karte', key: 'map' },
  { to: '/$lang/kalender', key: 'calendar' },
] as const;

export function Header() {
  const t = useTranslations('nav');
  const lang = useLanguage();
  const pathname = useLocation({ select: (location) => location.pathname });
  const [open, setOpen] = useState(false);
  const menuId = useId();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu.
  useEffect(() => setOpen(false), [pathname]);

  return (
    <header className="site-header">
      <div className="page site-header__row">
        <Link className="brand" to="/$lang" params={{ lang }}>
          <Brand />
        </Link>
        <button
          type="button"
          className="site-header__toggle no-print"
          aria-expanded={open}
          aria-controls={menuId}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'menu'} />
          {t('menu')}
        </button>
        <div id={menuId} className={cx('site-header__menu', open && 'site-header__menu--open')}>
          <nav className="site-header__nav" aria-label={t('main')}>
            <ul className="site-header__links">
              {pages.map((page) => (
                <li key={page.key}>
                  <Link
                    className="site-header__link"
                    to={page.to}
                    params={{ lang }}
                    activeOptions={{ includeSearch: false }}
                  >
                    {t(page.key)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div className="site-header__tools">
            <LanguageSwitch />
          </div>
        </div>
      </div>
    </header>
  );
}
