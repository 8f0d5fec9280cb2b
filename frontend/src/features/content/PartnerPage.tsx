import { useTranslations } from 'use-intl';
import { ButtonAnchor } from '#/ui/Button';
import { TextPage } from './TextPage';

/** How to deliver offers, and how to use those of others. */
export function PartnerPage() {
  const t = useTranslations('partner');
  const c = useTranslations('content');
  return (
    <TextPage
      page="partner"
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
