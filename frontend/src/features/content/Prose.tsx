import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { ExternalLink } from '#/ui/Link';
import { type Inline, inlines } from './document';

/** One paragraph of a text document. */
export function Prose({ source }: { source: string }) {
  return inlines(source).map((part) => <Part key={JSON.stringify(part)} part={part} />);
}

function Part({ part }: { part: Inline }) {
  const t = useTranslations('content');
  const lang = useLanguage();
  switch (part.kind) {
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'gap':
      return (
        <mark className="text-gap">
          {part.text} <span className="visually-hidden">({t('toFill')})</span>
        </mark>
      );
    case 'link':
      if (/^https?:/.test(part.href)) return <ExternalLink href={part.href}>{part.text}</ExternalLink>;
      // `/karte` is a page of the portal in the reader's language, `/api/…` is the same for all.
      return <a href={part.href.startsWith('/api') ? part.href : `/${lang}${part.href}`}>{part.text}</a>;
    default:
      return part.text;
  }
}
