import { useTranslations } from 'use-intl';
import { TextPage } from './TextPage';

export function AccessibilityPage() {
  const t = useTranslations('accessibility');
  return <TextPage page="accessibility" title={t('title')} />;
}
