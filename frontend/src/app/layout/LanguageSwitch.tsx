import { useLocation } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { type Language, languages } from '#/app/languages';
import { Icon } from '#/ui/Icon';

/**
 * The same page in the other language. Plain links: the server writes title, description and body of the page anew,
 * and they work before any script does.
 */
export function LanguageSwitch() {
  const t = useTranslations('nav');
  const current = useLanguage();
  const { pathname, searchStr } = useLocation();
  const rest = pathname.replace(/^\/[^/]+/, '');
  return (
    <nav className="language-switch" aria-label={t('language')}>
      <Icon name="language" />
      <ul className="language-switch__list">
        {(Object.keys(languages) as Language[]).map((lang) => (
          <li key={lang}>
            <a
              className="language-switch__link"
              href={`/${lang}${rest}${searchStr}`}
              hrefLang={lang}
              lang={lang}
              aria-current={lang === current ? 'true' : undefined}
            >
              {languages[lang].name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
