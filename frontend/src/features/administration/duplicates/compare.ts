import type { KeptOffer as Offer } from '../exchange';
import { same } from '../parts/merge';

/** What two offers are compared by, in the order of the page. */
export const comparedFields = [
  'title',
  'organization',
  'kind',
  'summary',
  'description',
  'runs',
  'place',
  'price',
  'registration',
  'contact',
  'url',
  'topics',
  'targetGroups',
  'languages',
  'keywords',
] as const;

export type ComparedField = (typeof comparedFields)[number];

/** Words apart from capitals, white space and punctuation. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\p{P}\p{S}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What counts when a field is compared: ids and versions that differ anyway are left out. */
export function essence(offer: Offer, field: ComparedField): unknown {
  const value = offer[field];
  switch (field) {
    case 'title':
    case 'summary':
    case 'description':
      return plain(String(value ?? ''));
    case 'organization':
      return plain(offer.organization.name);
    case 'place':
      return plain(offer.place?.name ?? '');
    case 'runs':
      return offer.runs.map(({ start, end }) => [start ?? null, end ?? null]);
    case 'topics':
    case 'targetGroups':
    case 'languages':
    case 'keywords':
      return [...((value as string[] | undefined) ?? [])].sort();
    default:
      return value ?? null;
  }
}

export type Difference = 'same' | 'different' | 'onlyFirst' | 'onlySecond' | 'none';

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && (value as { type?: string }).type === 'unknown';
}

export function difference(first: Offer, second: Offer, field: ComparedField): Difference {
  const [a, b] = [essence(first, field), essence(second, field)];
  if (isEmpty(a) && isEmpty(b)) return 'none';
  if (isEmpty(b)) return 'onlyFirst';
  if (isEmpty(a)) return 'onlySecond';
  return same(a, b) ? 'same' : 'different';
}
