import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { Skeleton } from '#/ui/Skeleton';
import type { Counts } from './HomePage';

export function Topics({ counts }: { counts: Counts }) {
  const t = useTranslations('home');
  const lang = useLanguage();
  const format = useFormat();
  const { concepts, label, ready } = useVocabularies();
  return (
    <section className="page home-section" aria-labelledby="home-topics">
      <h2 id="home-topics">{t('topics')}</h2>
      {ready ? (
        <ul className="topic-grid">
          {concepts('topics')
            .filter((topic) => !topic.broader)
            .map(({ code }) => (
              <li key={code}>
                <Link className="topic" to="/$lang/angebote" params={{ lang }} search={{ topic: [code] }}>
                  <span className="topic__name">{label('topics', code)}</span>
                  <span className="topic__count" aria-hidden="true">
                    {counts ? format.number(counts.get(code) ?? 0) : ''}
                  </span>
                </Link>
              </li>
            ))}
        </ul>
      ) : (
        <Skeleton count={6} />
      )}
    </section>
  );
}
