import { useTranslations } from 'use-intl';
import { TextPage } from './TextPage';

export function PrivacyPage() {
  const t = useTranslations('privacy');
  return <TextPage page="privacy" title={t('title')} />;
}
