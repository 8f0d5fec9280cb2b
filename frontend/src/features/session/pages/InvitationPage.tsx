import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';

export function InvitationPage() {
  const t = useTranslations('invitation');
  return <PageHeading title={t('title')}>{t('title')}</PageHeading>;
}
