import { type DeliveryState, deliveryStates, type RecordAction, recordActions } from '../exchange';
import { codeIn, oneOf, wordsIn } from '../search';

/** The whole state of the list of sources. */
export interface SourcesSearch {
  q?: string;
  /** Sources that have ended are listed as well. */
  ended?: '1';
  /** The form for a new source is open. */
  create?: '1';
}

export function validateSourcesSearch(raw: Record<string, unknown>): SourcesSearch {
  return {
    q: wordsIn(raw.q),
    ended: oneOf(raw.ended, ['1']),
    create: oneOf(raw.create, ['1']),
  };
}

/** The whole state of the imports of a source. */
export interface ImportsSearch {
  /** The form for a file is open. */
  form?: 'file';
  /** What the form begins with. */
  format?: string;
  mode?: 'full' | 'delta';
}

export function validateImportsSearch(raw: Record<string, unknown>): ImportsSearch {
  return {
    form: oneOf(raw.form, ['file']),
    format: codeIn(raw.format),
    mode: oneOf(raw.mode, ['full', 'delta']),
  };
}

/** The whole state of the page of one import. */
export interface ImportSearch {
  /** Records that were treated like this; all of them where missing. */
  action?: RecordAction;
}

export function validateImportSearch(raw: Record<string, unknown>): ImportSearch {
  return { action: oneOf(raw.action, recordActions) };
}

/** The whole state of the partner systems of a source. */
export interface ClientsSearch {
  form?: 'client';
}

export function validateClientsSearch(raw: Record<string, unknown>): ClientsSearch {
  return { form: oneOf(raw.form, ['client']) };
}

/** The whole state of the webhooks of a source. */
export interface WebhooksSearch {
  form?: 'webhook';
}

export function validateWebhooksSearch(raw: Record<string, unknown>): WebhooksSearch {
  return { form: oneOf(raw.form, ['webhook']) };
}

/** The whole state of the page of one webhook. */
export interface WebhookSearch {
  state?: DeliveryState;
}

export function validateWebhookSearch(raw: Record<string, unknown>): WebhookSearch {
  return { state: oneOf(raw.state, deliveryStates) };
}
