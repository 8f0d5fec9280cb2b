/** Filters of the search whose values are codes and may repeat; named as the API names its parameters. */
export const multiFilters = [
  'topic',
  'lifePhase',
  'targetGroup',
  'kind',
  'deliveryMode',
  'language',
  'level',
  'bamfCourseType',
  'funding',
  'entryRequirement',
  'price',
  'organizationKind',
  'weekday',
  'dayTime',
  'accessibility',
  'area',
] as const;

export type MultiFilter = (typeof multiFilters)[number];

export const sorts = ['relevance', 'start', 'distance', 'newest', 'title'] as const;
export type Sort = (typeof sorts)[number];

export const radii = [5, 10, 20, 30, 50] as const;
export const defaultRadius = 10;

/** The whole state of the results page; exactly what its address says. */
export interface OfferSearch extends Partial<Record<MultiFilter, string[]>> {
  q?: string;
  organization?: string[];
  /** A postcode or `lat,lon`. */
  near?: string;
  radius?: number;
  from?: string;
  to?: string;
  age?: number;
  bookable?: boolean;
  childcare?: boolean;
  sort?: Sort;
  /** Phone only: the map instead of the list. */
  view?: 'map';
}

const code = /^[A-Za-z0-9][A-Za-z0-9-]{0,80}$/;
const day = /^\d{4}-\d{2}-\d{2}$/;
const postcode = /^\d{5}$/;
const position = /^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/;

function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string' && item !== '');
}

function codes(value: unknown): string[] | undefined {
  const list = [...new Set(texts(value).filter((item) => code.test(item)))];
  return list.length > 0 ? list : undefined;
}

function matching(value: unknown, ...patterns: RegExp[]): string | undefined {
  const text = texts(value)[0];
  return text !== undefined && patterns.some((pattern) => pattern.test(text)) ? text : undefined;
}

function integer(value: unknown, min: number, max: number): number | undefined {
  const number = typeof value === 'number' ? value : Number(texts(value)[0] ?? Number.NaN);
  return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
}

const isTrue = (value: unknown) => (value === true || value === 'true' ? true : undefined);

/** A real calendar day: `2027-02-31` is none. */
function calendarDay(value: unknown): string | undefined {
  const text = matching(value, day);
  if (text === undefined) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

/**
 * Reads the state from the address. Whatever the API would refuse is dropped, so that an old or mistyped link still
 * shows something.
 */
export function validateOfferSearch(raw: Record<string, unknown>): OfferSearch {
  const search: OfferSearch = {};
  const q = texts(raw.q)[0]?.trim().slice(0, 200);
  if (q) search.q = q;
  for (const filter of multiFilters) {
    const values = codes(raw[filter]);
    if (values) search[filter] = values;
  }
  const organization = codes(raw.organization);
  if (organization) search.organization = organization;
  const near = matching(raw.near, postcode, position);
  if (near) {
    search.near = near;
    const radius = integer(raw.radius, 1, 200);
    if (radius !== undefined && radius !== defaultRadius) search.radius = radius;
  }
  const from = calendarDay(raw.from);
  const to = calendarDay(raw.to);
  if (from) search.from = from;
  if (to && (!from || to >= from)) search.to = to;
  const age = integer(raw.age, 0, 120);
  if (age !== undefined) search.age = age;
  if (isTrue(raw.bookable)) search.bookable = true;
  if (isTrue(raw.childcare)) search.childcare = true;
  const sort = sorts.find((known) => known === texts(raw.sort)[0]);
  if (sort && sort !== defaultSort(search) && (sort !== 'distance' || search.near)) search.sort = sort;
  if (texts(raw.view)[0] === 'map') search.view = 'map';
  return search;
}

/** The order the API takes when none is named. */
export function defaultSort(search: OfferSearch): Sort {
  return search.q ? 'relevance' : 'start';
}
