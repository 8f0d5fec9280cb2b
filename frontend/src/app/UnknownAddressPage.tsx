import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '#/ui/Button';
import { LanguageProvider, loadMessages } from './i18n';
import { preferredLanguage } from './languages';

/** An address without a language the portal speaks: there is no layout around it, so it brings its own texts. */
export function UnknownAddressPage() {
  const lang = preferredLanguage(navigator.languages);
  const messages = useQuery({ queryKey: ['messages', lang], queryFn: () => loadMessages(lang) });
  if (!messages.data) return null;
  const { title, text, home } = messages.data.notFound;
  return (
    <LanguageProvider language={lang} messages={messages.data}>
      <main className="page simple-page stack" lang={lang}>
        <h1>{title}</h1>
        <p>{text}</p>
        <p>
          <ButtonLink to="/$lang" params={{ lang }}>
            {home}
          </ButtonLink>
        </p>
      </main>
    </LanguageProvider>
  );
}
