import { describe, expect, it } from 'vitest';
import { validateAccountsSearch } from './accounts/accounts-search';
import { validateAuditSearch } from './audit/audit-search';
import { validateImportSearch, validateImportsSearch } from './sources/sources-search';

describe('the state of lists in their addresses', () => {
  it('keeps what the API understands', () => {
    expect(validateAccountsSearch({ q: ' Kreis ', status: 'invited', role: 'organization-admin' })).toEqual({
      q: 'Kreis',
      status: 'invited',
      role: 'organization-admin',
    });
    expect(
      validateAuditSearch({
        actor: '019ab1c2-0000-7000-8000-000000000005',
        action: 'account.',
        from: '2027-03-28',
      }),
    ).toEqual({ actor: '019ab1c2-0000-7000-8000-000000000005', action: 'account.', from: '2027-03-28' });
  });

  it('drops everything else', () => {
    expect(validateAccountsSearch({ q: ' ', status: 'gone', role: ['a'], create: 'yes' })).toEqual({});
    expect(validateAuditSearch({ actor: '<script>', action: 7, to: '2027-02-31x' })).toEqual({});
    expect(validateImportsSearch({ form: 'other', format: '../x', mode: 'all' })).toEqual({});
    expect(validateImportSearch({ action: 'rejected' })).toEqual({});
  });
});
