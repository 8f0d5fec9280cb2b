import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function ConfirmEmailPage() {
  const t = useTranslations('emailChange');
  return <PageHeading title={t('title')}>{t('title')}</PageHeading>;
}
