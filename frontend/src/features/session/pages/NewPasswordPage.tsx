import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function NewPasswordPage() {
  const t = useTranslations('password');
  return <PageHeading title={t('title')}>{t('title')}</PageHeading>;
}
