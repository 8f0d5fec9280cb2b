import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useRegion, useSomeOffers } from '#/api/hooks';
import type { FacetCount } from '#/api/types';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { SearchForm } from '#/features/catalogue/parts/SearchForm';
import { FocusTopics } from './FocusTopics';
import { LifePhases } from './LifePhases';
import landscape from './landscape.svg';
import { StartingSoon } from './StartingSoon';
import { Topics } from './Topics';
import './style.css';

/** Number of offers per code of one facet. */
export type Counts = ReadonlyMap<string, number> | undefined;

function countsOf(facet: FacetCount[] | undefined): Counts {
  return facet ? new Map(facet.map(({ code, count }) => [code, count])) : undefined;
}

export function HomePage() {
  const t = useTranslations('home');
  const lang = useLanguage();
  const navigate = useNavigate();
  const region = useRegion();
  const overview = useSomeOffers({ facets: true }, 1);
  const counts = region.data?.counts;

  return (
    <>
      <section className="hero">
        <div className="page hero__content">
          <PageHeading className="hero__title">{t('title')}</PageHeading>
          <p className="hero__lead">{t('lead')}</p>
          <div className="hero__search">
            <SearchForm
              size="lg"
              onSearch={(wanted) => navigate({ to: '/$lang/angebote', params: { lang }, search: wanted })}
            />
          </div>
          <p className="hero__counts">
            {counts
              ? t('counts', { offers: counts.offers ?? 0, organizations: counts.organizations ?? 0 })
              : '\u00a0'}
          </p>
        </div>
        <img className="hero__landscape" src={landscape} alt="" width="1600" height="300" />
      </section>
      <LifePhases counts={countsOf(overview.data?.facets?.lifePhase)} />
      <StartingSoon />
      <Topics counts={countsOf(overview.data?.facets?.topic)} />
      <FocusTopics />
    </>
  );
}
