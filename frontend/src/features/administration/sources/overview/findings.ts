import type { Health } from '../../exchange';

/** From this share of refused records on it is worth a word. */
export const errorRateNotice = 0.02;

/** One thing that somebody should know about a source, worst first. */
export type Finding =
  | { kind: 'waiting'; count: number }
  | { kind: 'fetchFailed'; failures: number; error: string | undefined }
  | { kind: 'importFailed'; id: string }
  | { kind: 'never' }
  | { kind: 'stale'; seconds: number | undefined }
  | { kind: 'refused'; rate: number }
  | { kind: 'paused' };

/** What about a source needs a look; nothing when all is well. */
export function findings(health: Health): Finding[] {
  const found: Finding[] = [];
  const { awaitingConfirmation, schedule, lastImport, lastSuccessAt, feedAgeSeconds, errorRate } = health;
  if (awaitingConfirmation > 0) found.push({ kind: 'waiting', count: awaitingConfirmation });
  if (schedule && schedule.failures > 0) {
    found.push({ kind: 'fetchFailed', failures: schedule.failures, error: schedule.lastError ?? undefined });
  }
  if (lastImport?.state === 'failed') found.push({ kind: 'importFailed', id: lastImport.id });
  if (!lastSuccessAt) found.push({ kind: 'never' });
  else if (health.stale) found.push({ kind: 'stale', seconds: feedAgeSeconds ?? undefined });
  if ((errorRate ?? 0) >= errorRateNotice) found.push({ kind: 'refused', rate: errorRate ?? 0 });
  if (schedule && !schedule.enabled) found.push({ kind: 'paused' });
  return found;
}

/** Every how manieth record was refused: 0.12 is every 8th. */
export function everyNth(rate: number): number {
  return Math.max(1, Math.round(1 / rate));
}
