import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function AboutPage() {
  const t = useTranslations('about');
  return (
    <div className="page simple-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
    </div>
  );
}
