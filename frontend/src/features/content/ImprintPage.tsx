import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function ImprintPage() {
  const t = useTranslations('imprint');
  return (
    <div className="page simple-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
    </div>
  );
}
