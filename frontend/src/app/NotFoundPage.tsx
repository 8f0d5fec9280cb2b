import { useTranslations } from 'use-intl';
import { ButtonLink } from '#/ui/Button';
import { useLanguage } from './i18n';
import { PageHeading } from './page';

/** Unknown address below a language; the server has answered 404. */
export function NotFoundPage() {
  const t = useTranslations('notFound');
  const lang = useLanguage();
  return (
    <div className="page simple-page stack">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="prose">{t('text')}</p>
      <p className="simple-page__actions">
        <ButtonLink to="/$lang/angebote" params={{ lang }} icon="search">
          {t('search')}
        </ButtonLink>
        <ButtonLink to="/$lang" params={{ lang }} variant="secondary">
          {t('home')}
        </ButtonLink>
      </p>
    </div>
  );
}
