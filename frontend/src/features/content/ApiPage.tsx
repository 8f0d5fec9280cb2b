import { useTranslations } from 'use-intl';
import { ButtonAnchor } from '#/ui/Button';
import { TextPage } from './TextPage';

export function ApiPage() {
  const t = useTranslations('apiPage');
  const c = useTranslations('content');
  return (
    <TextPage
      page="api"
      title={t('title')}
      after={
        <p className="text-page__action">
          <ButtonAnchor href="/api/docs" iconEnd="arrow">
            {c('docs')}
          </ButtonAnchor>
        </p>
      }
    />
  );
}
