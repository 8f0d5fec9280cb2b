import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { Brand } from './Brand';

const find = [
  { to: '/$lang/angebote', key: 'offers' },
  { to: '/$lang/einrichtungen', key: 'organizations' },
  { to: '/$lang/karte', key: 'map' },
  { to: '/$lang/kalender', key: 'calendar' },
] as const;

const about = [
  { to: '/$lang/ueber', key: 'about' },
  { to: '/$lang/schnittstelle', key: 'api' },
  { to: '/$lang/barrierefreiheit', key: 'accessibility' },
  { to: '/$lang/impressum', key: 'imprint' },
  { to: '/$lang/datenschutz', key: 'privacy' },
] as const;

export function Footer() {
  const t = useTranslations('nav');
  const f = useTranslations('footer');
  const lang = useLanguage();
  return (
    <footer className="site-footer">
      <div className="page site-footer__grid">
        <div className="site-footer__about">
          <p className="brand brand--inverse">
            <Brand />
          </p>
          <p className="site-footer__text">{f('purpose')}</p>
        </div>
        <nav aria-labelledby="footer-find">
          <h2 className="site-footer__title" id="footer-find">
            {f('find')}
          </h2>
          <ul className="site-footer__links">
            {find.map((page) => (
              <li key={page.key}>
                <Link to={page.to} params={{ lang }}>
                  {t(page.key)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <nav aria-labelledby="footer-about">
          <h2 className="site-footer__title" id="footer-about">
            {f('portal')}
          </h2>
          <ul className="site-footer__links">
            {about.map((page) => (
              <li key={page.key}>
                <Link to={page.to} params={{ lang }}>
                  {t(page.key)}
                </Link>
              </li>
            ))}
            <li>
              {/* A plain link: the routes behind the sign-in come with a page of their own. */}
              <a href={`/${lang}/anmelden`}>{t('signIn')}</a>
            </li>
          </ul>
        </nav>
        <div className="site-footer__funding">
          <h2 className="site-footer__title">{f('fundingTitle')}</h2>
          <p className="site-footer__text">{f('funding')}</p>
        </div>
      </div>
    </footer>
  );
}
