import type { Scope } from '../../types';

/** What a partner system may be given, in the order of use, with the keys of its words. */
export const scopes = [
  { scope: 'imports:run', label: 'scope.imports', text: 'scope.importsText' },
  { scope: 'stats:read', label: 'scope.stats', text: 'scope.statsText' },
  { scope: 'offers:write', label: 'scope.offers', text: 'scope.offersText' },
  { scope: 'webhooks:manage', label: 'scope.webhooks', text: 'scope.webhooksText' },
] as const satisfies readonly { scope: Scope; label: string; text: string }[];

/** The key of a scope's name; a scope that is not known here is shown as it is. */
export function scopeLabel(scope: string) {
  return scopes.find((known) => known.scope === scope)?.label;
}
