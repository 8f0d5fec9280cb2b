import { useTranslations } from 'use-intl';
import type { Facets } from '#/api/types';
import { toggled } from '#/features/catalogue/offer-filters';
import type { MultiFilter, OfferSearch } from '#/features/catalogue/offer-search';
import { Badge } from '#/ui/Badge';
import { Checkbox } from '#/ui/Checkbox';
import { Disclosure } from '#/ui/Disclosure';
import { FacetGroup } from './FacetGroup';
import { RadiusFilter } from './RadiusFilter';
import { WhenFilter } from './WhenFilter';

/** Order of the page; what most people ask for first stands open. */
const groups: { filter: MultiFilter; open?: boolean }[] = [
  { filter: 'topic', open: true },
  { filter: 'lifePhase' },
  { filter: 'targetGroup' },
  { filter: 'kind' },
  { filter: 'price' },
  { filter: 'area' },
  { filter: 'deliveryMode' },
  { filter: 'entryRequirement' },
  { filter: 'accessibility' },
  { filter: 'language' },
  { filter: 'level' },
  { filter: 'bamfCourseType' },
  { filter: 'funding' },
  { filter: 'weekday' },
  { filter: 'dayTime' },
  { filter: 'organizationKind' },
];

export interface FiltersProps {
  search: OfferSearch;
  facets: Facets;
  onChange: (search: OfferSearch) => void;
  /** Keeps ids apart when the filters exist twice. */
  idPrefix: string;
}

export function Filters({ search, facets, onChange, idPrefix }: FiltersProps) {
  const t = useTranslations('filter');
  return (
    <div className="filters">
      <div className="filters__switches">
        <Checkbox
          label={t('name.bookable')}
          checked={search.bookable ?? false}
          onChange={(on) => onChange({ ...search, bookable: on || undefined })}
        />
        <Checkbox
          label={t('name.childcare')}
          checked={search.childcare ?? false}
          onChange={(on) => onChange({ ...search, childcare: on || undefined })}
        />
      </div>
      {search.near ? <RadiusFilter search={search} onChange={onChange} /> : null}
      <Disclosure summary={t('when')} defaultOpen={search.from !== undefined || search.to !== undefined}>
        <WhenFilter search={search} onChange={onChange} />
      </Disclosure>
      {groups.map(({ filter, open }) => {
        const chosen = search[filter] ?? [];
        const counts = facets[filter] ?? [];
        if (counts.length === 0 && chosen.length === 0) return null;
        return (
          <Disclosure
            key={filter}
            summary={t(`name.${filter}`)}
            badge={
              chosen.length > 0 ? (
                <Badge tone="info">
                  {chosen.length}
                  <span className="visually-hidden"> {t('chosen')}</span>
                </Badge>
              ) : null
            }
            defaultOpen={open || chosen.length > 0}
          >
            <FacetGroup
              filter={filter}
              legend={t(`name.${filter}`)}
              counts={counts}
              chosen={chosen}
              idPrefix={idPrefix}
              onToggle={(value, on) => onChange(toggled(search, filter, value, on))}
            />
          </Disclosure>
        );
      })}
    </div>
  );
}
