import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function AccessibilityPage() {
  const t = useTranslations('accessibility');
  return (
    <div className="page simple-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
    </div>
  );
}
