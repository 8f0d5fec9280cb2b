/** Shapes of the API for exchanging data with sources. */
import type { OrganizationRef } from './types';

export type ImportFormat =
  | 'ndjson'
  | 'openqcat'
  | 'openvhs'
  | 'kufer'
  | 'vhs-json'
  | 'ics'
  | 'jsonld'
  | 'csv'
  | 'xlsx'
  | 'geojson'
  | 'gml'
  | 'integreat';
export type ImportMode = 'full' | 'delta';
export type ImportState = 'running' | 'succeeded' | 'failed' | 'awaiting-confirmation' | 'discarded';

export interface Counts {
  created: number;
  changed: number;
  unchanged: number;
  withdrawn: number;
  rejected: number;
}

export interface Message {
  de: string;
  en: string;
}

/** One import: a real one, or one that only shows what would happen (`dryRun`). */
export interface Import {
  id: string;
  source: string;
  format: ImportFormat;
  mode: ImportMode;
  state: ImportState;
  counts: Counts;
  problemCount: number;
  startedAt: string;
  finishedAt?: string | null;
  failure?: { pointer: string; message: Message } | null;
  dryRun?: boolean;
  /** Why it stopped and what it would do. */
  confirmation?: { reason: 'empty' | 'shrinks'; withdrawals: number; published: number } | null;
  undoes?: string | null;
  undoneBy?: string | null;
  actor?: { kind: string; id?: string | null; name?: string | null } | null;
  /** Records read so far. */
  progress?: number | null;
}

export interface ImportProblem {
  severity: 'error' | 'warning';
  pointer: string;
  code: string;
  message: string;
  recordId?: string | null;
  line?: number | null;
}

export const recordActions = ['created', 'changed', 'withdrawn'] as const;
export type RecordAction = (typeof recordActions)[number];

export type RecordKind = 'offer' | 'organization' | 'place';

export interface ImportRecord {
  /** None for one that a dry run would have created. */
  recordId?: string | null;
  kind: RecordKind;
  externalId: string;
  action: string;
  version: number;
  name?: string | null;
}

/** A file on its way in pieces. */
export interface Upload {
  id: string;
  received: number;
  size: number;
  expiresAt: string;
}

export interface Schedule {
  url: string;
  format: ImportFormat;
  mode: ImportMode;
  everyMinutes: number;
  enabled: boolean;
  nextAt?: string | null;
  lastAttemptAt?: string | null;
  lastSuccessAt?: string | null;
  lastNewAt?: string | null;
  failures: number;
  /** In the language of the request. */
  lastError?: string | null;
  stale: boolean;
  version: number;
}

export interface SourceSettings {
  brakePercent: number;
  brakeRecords: number;
  contactEmail?: string | null;
  version: number;
}

export interface Health {
  source: string;
  records: { published: number; withdrawn: number };
  lastImport?: Import | null;
  lastSuccessAt?: string | null;
  feedAgeSeconds?: number | null;
  stale: boolean;
  /** Rejected records among all of the last imports, from 0 to 1. */
  errorRate?: number | null;
  awaitingConfirmation: number;
  protectedFields: number;
  schedule?: Schedule | null;
}

export interface WebhookFilter {
  kinds: string[];
  actions: string[];
  organizations: string[];
  own: boolean;
}

export interface Webhook {
  id: string;
  name: string;
  url: string;
  filter: WebhookFilter;
  enabled: boolean;
  failingSince?: string | null;
  /** Why the portal itself switched it off. */
  disabledBecause?: 'gone' | 'failing' | null;
  createdAt: string;
  version: number;
}

/** The only answer that holds the secret itself. */
export interface WebhookWithSecret {
  webhook: Webhook;
  secret: string;
}

export const deliveryStates = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface Delivery {
  id: string;
  event: string;
  state: DeliveryState;
  attempts: number;
  createdAt: string;
  nextAttemptAt?: string | null;
  finishedAt?: string | null;
  lastStatus?: number | null;
  lastError?: string | null;
}

export const pairStates = ['open', 'merged', 'linked', 'apart'] as const;
export type PairState = (typeof pairStates)[number];

/** What the list shows of one side of a pair. */
export interface PairCard {
  id: string;
  slug: string;
  title: string;
  organization: OrganizationRef;
  source?: { key: string; name: string } | null;
}

export interface DuplicatePair {
  id: string;
  score: number;
  reasons: string[];
  state: PairState;
  first: PairCard;
  second: PairCard;
  kept?: string | null;
  version: number;
}

export interface RecordEdit {
  field: string;
  value: unknown;
  feedValue?: unknown;
  editedAt: string;
  editedBy?: { name?: string | null } | null;
}

export interface DumpLicence {
  code: string;
  name: string;
  url?: string | null;
}

/** A file with the whole catalogue as it was at one moment. */
export interface Dump {
  name: string;
  /** Under this name the latest of its kind is found. */
  latest: string;
  size: number;
  sha256: string;
  createdAt: string;
  changeSeq: number;
  licences: DumpLicence[];
}

/** A record that is not sent to KURSNET, and what it lacks. */
export interface OpenQcatGap {
  recordId: string;
  kind: RecordKind;
  name: string;
  slug: string;
  problems: { code: string; pointer: string; message: Message }[];
}
