import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function CalendarPage() {
  const t = useTranslations('calendar');
  return (
    <div className="page simple-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
    </div>
  );
}
