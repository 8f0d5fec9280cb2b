import { getRouteApi, Outlet, useMatches } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';
import { useTranslations } from 'use-intl';
import { LanguageProvider, type Messages } from '#/app/i18n';
import { languages } from '#/app/languages';
import { LiveRegion } from '#/ui/LiveRegion';
import { Footer } from './Footer';
import { Header } from './Header';
import './style.css';

const route = getRouteApi('/$lang');

/** Frame of every public page. */
export function Layout() {
  const { lang } = route.useParams();
  const loaded = useMatches({
    select: (matches) => matches.map((match) => match.loaderData as Messages | undefined),
  });
  const messages = Object.assign({}, ...loaded) as Messages;

  useLayoutEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dir = languages[lang].dir;
  }, [lang]);

  return (
    <LanguageProvider language={lang} messages={messages}>
      <SkipLink />
      <Header />
      <main id="main" className="site-main" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
      <LiveRegion />
    </LanguageProvider>
  );
}

function SkipLink() {
  const t = useTranslations('app');
  return (
    <a className="skip-link" href="#main">
      {t('skip')}
    </a>
  );
}
