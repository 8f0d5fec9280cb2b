import loaders from 'virtual:messages';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import type german from '#messages/de.json';
import type { MessageGroup } from '../../vite/message-groups.ts';
import type { Language } from './languages';

export type Messages = typeof german;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Messages;
  }
}

/**
 * The texts of one group in one language, fetched once as a chunk. The type promises all groups: a page names those it
 * uses, and `core` is always there.
 */
export async function loadMessages(language: Language, group: MessageGroup = 'core'): Promise<Messages> {
  const loader = loaders[language]?.[group];
  if (!loader) throw new Error(`no messages for ${language}`);
  return (await loader()).default as Messages;
}

export const timeZone = 'Europe/Berlin';

export function LanguageProvider({
  language,
  messages,
  children,
}: {
  language: Language;
  messages: Messages;
  children: ReactNode;
}) {
  return (
    <IntlProvider locale={language} messages={messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}

const languageRoute = getRouteApi('/$lang');

/** The language of the page, from its address. */
export function useLanguage(): Language {
  return languageRoute.useParams().lang;
}
