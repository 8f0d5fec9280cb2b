import { codeIn, dayIn } from '../search';

/** The whole state of the audit log; exactly what its address says. */
export interface AuditSearch {
  /** Id of an account or a partner system. */
  actor?: string;
  /** An action (`account.invited`). */
  action?: string;
  /** Id of what it was done to. */
  target?: string;
  /** First and last day, in Europe/Berlin. */
  from?: string;
  to?: string;
}

export function validateAuditSearch(raw: Record<string, unknown>): AuditSearch {
  return {
    actor: codeIn(raw.actor),
    action: codeIn(raw.action),
    target: codeIn(raw.target),
    from: dayIn(raw.from),
    to: dayIn(raw.to),
  };
}
