/** What can be edited here, by the word in the address. */
export const recordKinds = {
  angebote: {
    api: 'offers',
    kind: 'offer',
    fields: [
      'title',
      'summary',
      'description',
      'price',
      'registration',
      'contact',
      'url',
      'childcare',
      'accessibility',
    ],
  },
  einrichtungen: {
    api: 'organizations',
    kind: 'organization',
    fields: ['name', 'summary', 'description', 'address', 'openingHours', 'contacts', 'url', 'accessibility'],
  },
  orte: {
    api: 'places',
    kind: 'place',
    fields: ['name', 'address', 'publicTransport', 'url', 'accessibility'],
  },
} as const satisfies Record<string, { api: string; kind: string; fields: readonly string[] }>;

export type RecordRoom = keyof typeof recordKinds;
export type EditField = (typeof recordKinds)[RecordRoom]['fields'][number];

export function isRecordRoom(value: string): value is RecordRoom {
  return Object.hasOwn(recordKinds, value);
}
