import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function MapPage() {
  const t = useTranslations('map');
  return (
    <div className="page simple-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
    </div>
  );
}
