import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';
import { useAccount } from '#/features/session/store';

export function AccountPage() {
  const t = useTranslations('account');
  const account = useAccount();
  return (
    <div className="page simple-page stack">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p>{account.email}</p>
    </div>
  );
}
