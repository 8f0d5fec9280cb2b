import { useTranslations } from 'use-intl';
import { TextPage } from './TextPage';

export function AboutPage() {
  const t = useTranslations('about');
  return <TextPage page="about" title={t('title')} />;
}
