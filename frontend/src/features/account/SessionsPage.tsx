import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function SessionsPage() {
  const t = useTranslations('sessions');
  return <PageHeading title={t('title')}>{t('title')}</PageHeading>;
}
