/** What every list of offers needs. */
const offers = ['offer', 'price', 'runStatus'] as const;

/** What the pages of single records share. */
const record = [...offers, 'contact', 'accessible', 'provenance', 'textLanguages', 'share'] as const;

/**
 * Which page needs which texts: a group is a chunk of its own, loaded with the pages that name it in `src/app/routes.tsx`.
 * A namespace that is not listed here belongs to `core` and is loaded on every page.
 */
export const messageGroups = {
  home: ['home', 'search', ...offers],
  results: ['results', 'filter', 'facet', 'search', ...offers],
  directory: ['directory', 'facet'],
  offer: ['offerPage', ...record],
  organization: ['organizationPage', 'openingHours', ...record],
  areas: ['map', 'areas'],
  calendar: ['calendar', 'runStatus'],
  content: ['content', 'about', 'imprint', 'privacy', 'accessibility', 'apiPage'],
} as const satisfies Record<string, readonly string[]>;

export type MessageGroup = keyof typeof messageGroups | 'core';
