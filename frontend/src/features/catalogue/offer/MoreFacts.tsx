import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { Offer } from '#/api/types';
import { useLanguage } from '#/app/i18n';
import type { OfferSearch } from '#/features/catalogue/offer-search';
import { type Fact, FactList } from '#/ui/FactList';
import { ExternalLink, Link } from '#/ui/Link';

/** Everything else that is known, as links into the search where that leads to similar offers. */
export function MoreFacts({ offer }: { offer: Offer }) {
  const t = useTranslations('offerPage');
  const { label } = useVocabularies();
  const facts: Fact[] = [];
  const { qualification } = offer;

  if (offer.topics.length > 0) {
    facts.push({
      key: 'topics',
      icon: 'tag',
      label: t('topic'),
      value: (
        <SearchLinks
          codes={offer.topics}
          name={(code) => label('topics', code)}
          search={(code) => ({ topic: [code] })}
        />
      ),
    });
  }
  if (offer.lifePhases.length > 0) {
    facts.push({
      key: 'phases',
      icon: 'tree',
      label: t('lifePhase'),
      value: (
        <SearchLinks
          codes={offer.lifePhases}
          name={(code) => label('life-phases', code)}
          search={(code) => ({ lifePhase: [code] })}
        />
      ),
    });
  }
  if (qualification) {
    facts.push({
      key: 'qualification',
      icon: 'certificate',
      label: t('qualification'),
      value: (
        <>
          <p>{qualification.name}</p>
          {qualification.certificate ? (
            <p className="small">{label('certificates', qualification.certificate)}</p>
          ) : null}
          {qualification.dqrLevel ? (
            <p className="small">{t('dqr', { level: qualification.dqrLevel })}</p>
          ) : null}
        </>
      ),
    });
  }
  if (offer.bamfCourseType) {
    facts.push({
      key: 'bamf',
      icon: 'language',
      label: t('bamf'),
      value: label('bamf-course-types', offer.bamfCourseType),
    });
  }
  if (offer.courseCode) {
    facts.push({ key: 'code', icon: 'list', label: t('courseNumber'), value: offer.courseCode });
  }
  if (offer.url) {
    facts.push({
      key: 'url',
      icon: 'globe',
      label: t('providerPage'),
      value: <ExternalLink href={offer.url}>{hostOf(offer.url)}</ExternalLink>,
    });
  }
  if (facts.length === 0) return null;
  return (
    <section className="offer-section" aria-labelledby="offer-more">
      <h2 id="offer-more">{t('more')}</h2>
      <FactList columns={2} facts={facts} />
    </section>
  );
}

export function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url;
  }
}

interface SearchLinksProps {
  codes: string[];
  name: (code: string) => string;
  search: (code: string) => OfferSearch;
}

function SearchLinks({ codes, name, search }: SearchLinksProps) {
  const lang = useLanguage();
  return (
    <ul className="key-facts__list">
      {codes.map((code) => (
        <li key={code}>
          <Link to="/$lang/angebote" params={{ lang }} search={search(code)}>
            {name(code)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
