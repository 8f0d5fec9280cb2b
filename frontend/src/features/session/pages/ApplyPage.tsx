import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function ApplyPage() {
  const t = useTranslations('application');
  return <PageHeading title={t('title')}>{t('title')}</PageHeading>;
}
