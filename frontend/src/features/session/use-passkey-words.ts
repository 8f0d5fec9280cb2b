import { useTranslations } from 'use-intl';

/** What can go wrong with a passkey on the side of the server, by code. */
export function usePasskeyWords(): Record<string, string> {
  const t = useTranslations('session');
  return {
    'not-found': t('passkeysOff'),
    'code-invalid': t('passkeyRefused'),
    'link-invalid': t('challengeOver'),
  };
}
