import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import type { OfferSearch } from '#/features/catalogue/offer-search';
import { ButtonLink } from '#/ui/Button';
import { Icon, type IconName } from '#/ui/Icon';
import { Link } from '#/ui/Link';

interface PanelProps {
  tone: 'integration' | 'inclusion';
  icon: IconName;
  title: string;
  text: string;
  links: { label: string; search: OfferSearch }[];
}

function Panel({ tone, icon, title, text, links }: PanelProps) {
  const lang = useLanguage();
  return (
    <article className={`focus focus--${tone}`}>
      <span className="focus__icon">
        <Icon name={icon} size="xl" />
      </span>
      <h3 className="focus__title">{title}</h3>
      <p>{text}</p>
      <ul className="focus__links">
        {links.map(({ label, search }) => (
          <li key={label}>
            <Icon name="arrow" directional />
            <Link to="/$lang/angebote" params={{ lang }} search={search}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </article>
  );
}

/** The two focus topics of the project, and the way to a person for whom a search is no help. */
export function FocusTopics(): ReactNode {
  const t = useTranslations('home');
  const lang = useLanguage();
  return (
    <section className="page home-section" aria-labelledby="home-focus">
      <h2 id="home-focus">{t('focus')}</h2>
      <div className="focus-grid">
        <Panel
          tone="integration"
          icon="handshake"
          title={t('integrationTitle')}
          text={t('integrationText')}
          links={[
            {
              label: t('integrationGerman'),
              search: { topic: ['german-second-language', 'german-for-work'] },
            },
            { label: t('integrationRecognition'), search: { topic: ['recognition'] } },
            { label: t('integrationAdvice'), search: { topic: ['migration-advice'] } },
          ]}
        />
        <Panel
          tone="inclusion"
          icon="accessibility"
          title={t('inclusionTitle')}
          text={t('inclusionText')}
          links={[
            { label: t('inclusionStepFree'), search: { accessibility: ['step-free-entrance'] } },
            { label: t('inclusionEasy'), search: { accessibility: ['easy-language'] } },
            { label: t('inclusionSign'), search: { accessibility: ['sign-language-interpreting'] } },
            { label: t('inclusionAll'), search: { targetGroup: ['people-with-disabilities'] } },
          ]}
        />
      </div>
      <div className="advice">
        <Icon name="phone" size="xl" className="advice__icon" />
        <div className="advice__text">
          <h3>{t('adviceTitle')}</h3>
          <p>{t('adviceText')}</p>
        </div>
        <ButtonLink to="/$lang/angebote" params={{ lang }} search={{ kind: ['counselling'] }} iconEnd="arrow">
          {t('adviceLink')}
        </ButtonLink>
      </div>
    </section>
  );
}
