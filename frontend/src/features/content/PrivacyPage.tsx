import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function PrivacyPage() {
  const t = useTranslations('privacy');
  return (
    <div className="page simple-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
    </div>
  );
}
