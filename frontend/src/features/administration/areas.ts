import type { IconName } from '#/ui/Icon';

/** The areas of the administration, and the right that opens each of them. */
export const areas = [
  { key: 'accounts', to: '/$lang/verwaltung/konten', capability: 'accounts.manage', icon: 'person' },
  { key: 'organizations', to: '/$lang/verwaltung/einrichtungen', capability: 'members.read', icon: 'people' },
  { key: 'applications', to: '/$lang/verwaltung/antraege', capability: 'applications.review', icon: 'mail' },
  { key: 'sources', to: '/$lang/verwaltung/quellen', capability: 'sources.read', icon: 'refresh' },
  {
    key: 'duplicates',
    to: '/$lang/verwaltung/doppelte-angebote',
    capability: 'duplicates.review',
    icon: 'question',
  },
  { key: 'exports', to: '/$lang/verwaltung/exporte', capability: 'sources.read', icon: 'share' },
  { key: 'audit', to: '/$lang/verwaltung/protokoll', capability: 'audit.read', icon: 'list' },
] as const satisfies readonly { key: string; to: string; capability: string; icon: IconName }[];
