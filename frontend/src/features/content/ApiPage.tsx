import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function ApiPage() {
  const t = useTranslations('apiPage');
  return (
    <div className="page simple-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
    </div>
  );
}
