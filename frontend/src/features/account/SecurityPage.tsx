import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function SecurityPage() {
  const t = useTranslations('factors');
  return <PageHeading title={t('title')}>{t('title')}</PageHeading>;
}
