import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function DataPage() {
  const t = useTranslations('personalData');
  return <PageHeading title={t('title')}>{t('title')}</PageHeading>;
}
