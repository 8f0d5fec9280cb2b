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
  content: ['content', 'about', 'imprint', 'privacy', 'accessibility', 'apiPage', 'partner'],
} as const satisfies Record<string, readonly string[]>;

/**
 * The groups of the pages behind the sign-in. They have a list of loaders of their own (`src/app/private/messages.ts`),
 * because every loader costs the public pages some bytes.
 */
export const privateMessageGroups = {
  session: ['control', 'form', 'session', 'frame'],
  entrance: ['signIn', 'password', 'invitation', 'factors', 'emailChange', 'application'],
  account: ['account', 'password', 'factors', 'sessions', 'personalData'],
  administration: ['admin'],
  adminHome: ['adminHome'],
  adminAccounts: ['adminAccounts'],
  adminOrganizations: ['adminOrganizations'],
  adminApplications: ['adminApplications'],
  adminSources: ['adminSources'],
  adminSource: [
    'adminSources',
    'adminClients',
    'adminImports',
    'adminHealth',
    'adminSchedule',
    'adminColumns',
    'adminWebhooks',
    'adminSettings',
  ],
  adminDuplicates: ['adminDuplicates', 'price'],
  adminRecords: ['adminRecords'],
  adminExports: ['adminExports'],
  adminAudit: ['adminAudit'],
} as const satisfies Record<string, readonly string[]>;

export type MessageGroup = keyof typeof messageGroups | 'core';
export type PrivateMessageGroup = keyof typeof privateMessageGroups;
