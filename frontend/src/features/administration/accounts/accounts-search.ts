import { codeIn, oneOf, wordsIn } from '../search';

export const accountStatuses = ['invited', 'active', 'suspended', 'deleted'] as const;

/** The whole state of the list of accounts; exactly what its address says. */
export interface AccountsSearch {
  q?: string;
  status?: (typeof accountStatuses)[number];
  role?: string;
  /** The form for a new account is open. */
  create?: '1';
}

export function validateAccountsSearch(raw: Record<string, unknown>): AccountsSearch {
  return {
    q: wordsIn(raw.q),
    status: oneOf(raw.status, accountStatuses),
    role: codeIn(raw.role),
    create: oneOf(raw.create, ['1']),
  };
}
