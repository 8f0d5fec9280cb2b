import { useTranslations } from 'use-intl';
import { TextPage } from './TextPage';

export function ImprintPage() {
  const t = useTranslations('imprint');
  return <TextPage page="imprint" title={t('title')} />;
}
