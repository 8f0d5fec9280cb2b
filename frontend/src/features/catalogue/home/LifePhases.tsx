import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import { useLanguage } from '#/app/i18n';
import { Icon, type IconName } from '#/ui/Icon';
import { Skeleton } from '#/ui/Skeleton';
import type { Counts } from './HomePage';

const icons: Record<string, IconName> = {
  'early-childhood': 'toys',
  'primary-school': 'pencil',
  'secondary-school': 'book',
  'transition-school-work': 'compass',
  'vocational-training': 'tools',
  study: 'school',
  'working-life': 'briefcase',
  family: 'family',
  'later-life': 'tree',
};

export function LifePhases({ counts }: { counts: Counts }) {
  const t = useTranslations('home');
  const lang = useLanguage();
  const { concepts, label, ready } = useVocabularies();
  return (
    <section className="page home-section" aria-labelledby="home-life-phases">
      <h2 id="home-life-phases">{t('lifePhases')}</h2>
      {ready ? (
        <ul className="phase-grid">
          {concepts('life-phases').map(({ code }) => (
            <li key={code}>
              <Link className="phase" to="/$lang/angebote" params={{ lang }} search={{ lifePhase: [code] }}>
                <span className="phase__icon">
                  <Icon name={icons[code] ?? 'star'} size="lg" />
                </span>
                <span className="phase__text">
                  <span className="phase__name">{label('life-phases', code)}</span>
                  <span className="phase__count">
                    {counts ? t('offersCount', { count: counts.get(code) ?? 0 }) : '\u00a0'}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Skeleton shape="block" count={3} className="phase-grid" />
      )}
    </section>
  );
}
