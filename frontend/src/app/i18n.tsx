import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import type german from '#messages/de.json';
import type { Language } from './languages';

export type Messages = typeof german;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Messages;
  }
}

const catalogues: Record<Language, () => Promise<{ default: Messages }>> = {
  de: () => import('#messages/de.json'),
  en: () => import('#messages/en.json'),
};

/** The interface texts of one language, fetched once as a chunk of their own. */
export async function loadMessages(language: Language): Promise<Messages> {
  return (await catalogues[language]()).default;
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
