import { type MultiFilter, multiFilters, type OfferSearch } from './offer-search';

/** The state as parameters of `GET /offers`. What belongs to the screen only is left out. */
export function toOffersQuery(search: OfferSearch) {
  const { view: _view, ...query } = search;
  return query;
}

export interface ActiveFilter {
  parameter: Exclude<keyof OfferSearch, 'sort' | 'view' | 'radius'>;
  /** The one value that is removed; for single parameters their only one. */
  value: string;
}

const singleFilters = ['q', 'near', 'from', 'to', 'age', 'bookable', 'childcare'] as const;

/** Everything that narrows the list, in the order of the page. */
export function activeFilters(search: OfferSearch): ActiveFilter[] {
  const active: ActiveFilter[] = [];
  for (const parameter of singleFilters) {
    const value = search[parameter];
    if (value !== undefined) active.push({ parameter, value: String(value) });
  }
  for (const parameter of [...multiFilters, 'organization'] as const) {
    for (const value of search[parameter] ?? []) active.push({ parameter, value });
  }
  return active;
}

/** The state without one filter. The radius and the order by distance go with the place they belong to. */
export function withoutFilter(search: OfferSearch, { parameter, value }: ActiveFilter): OfferSearch {
  const rest: OfferSearch = { ...search };
  const current = rest[parameter];
  if (Array.isArray(current)) {
    const left = current.filter((item) => item !== value);
    return { ...rest, [parameter]: left.length > 0 ? left : undefined };
  }
  delete rest[parameter];
  if (parameter === 'near') {
    delete rest.radius;
    if (rest.sort === 'distance') delete rest.sort;
  }
  return rest;
}

/** Adds or removes one value of a repeatable filter. */
export function toggled(
  search: OfferSearch,
  filter: MultiFilter | 'organization',
  value: string,
  on: boolean,
): OfferSearch {
  const others = (search[filter] ?? []).filter((item) => item !== value);
  const values = on ? [...others, value] : others;
  return { ...search, [filter]: values.length > 0 ? values : undefined };
}
