import { useTranslations } from 'use-intl';

const KNOWN = ['not-linked', 'second-factor', 'taken', 'denied', 'over', 'unavailable'] as const;

/** What to say when coming back from an identity provider with the code of an error; undefined without one. */
export function useProviderError(code: string | undefined): string | undefined {
  const t = useTranslations('signIn.providerErrors');
  if (code === undefined) return undefined;
  const known = KNOWN.find((name) => name === code);
  return t(known ?? 'other');
}
