/** Short names for the shapes in which data are exchanged with sources. All come from the description of the API. */
import type { components } from '#/api/schema';

type Schemas = components['schemas'];

export type Import = Schemas['Import'];
export type ImportFormat = Schemas['ImportFormat'];
export type ImportMode = Schemas['ImportMode'];
export type ImportProblem = Schemas['ImportProblemItem'];
export type ImportRecord = Schemas['ImportRecord'];
export type Counts = Schemas['ImportCounts'];
/** A file on its way in pieces. */
export type Upload = Schemas['Upload'];

/** What an import does to a record, in the order of the choice. */
export const recordActions = ['created', 'changed', 'withdrawn'] as const satisfies readonly RecordAction[];
export type RecordAction = Schemas['ChangeAction'];
export type RecordKind = Schemas['RecordKind'];

export type Schedule = Schemas['Schedule'];
export type SourceSettings = Schemas['VersionedSettings'];
export type Health = Schemas['SourceHealth'];

export type ColumnMapping = Schemas['ColumnMapping'];
export type MappingPreview = Schemas['MappingPreview'];
export type TableColumn = Schemas['TableColumn'];
export type TableField = Schemas['MappingField'];
export type TableProblem = Schemas['TableProblem'];

export type Webhook = Schemas['Webhook'];
export type WebhookFilter = Schemas['WebhookFilter'];
/** The only answer that holds the secret itself. */
export type WebhookWithSecret = Schemas['WebhookWithSecret'];
export type Delivery = Schemas['WebhookDelivery'];
export type DeliveryState = Schemas['DeliveryState'];
export const deliveryStates = ['pending', 'delivered', 'dead'] as const satisfies readonly DeliveryState[];

export type DuplicatePair = Schemas['DuplicateSummary'];
/** A pair with both offers in full. */
export type PairDetail = Schemas['DuplicateDetail'];
/** An offer as it is kept, in the language it was written in. */
export type KeptOffer = PairDetail['first'];
export type PairState = Schemas['DuplicateState'];
export const pairStates = ['open', 'merged', 'linked', 'apart'] as const satisfies readonly PairState[];

export type RecordEdit = Schemas['RecordEdit'];
export type RecordEdits = Schemas['RecordEdits'];

/** A file with the whole catalogue as it was at one moment. */
export type Dump = Schemas['DumpView'];
/** A record that is not sent to KURSNET, and what it lacks. */
export type OpenQcatGap = Schemas['OpenQCatGap'];
