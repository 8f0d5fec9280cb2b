import { Fragment } from 'react';

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
};

function decoded(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|#x27);/g, (entity) => entities[entity] ?? entity);
}

/**
 * Splits a highlight of the search (HTML-escaped text with `<mark>`) into plain parts. Nothing in it is ever read as
 * HTML.
 */
export function highlightParts(html: string): { text: string; marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let marked = false;
  for (const piece of html.split(/(<\/?mark>)/)) {
    if (piece === '<mark>') marked = true;
    else if (piece === '</mark>') marked = false;
    else if (piece !== '') parts.push({ text: decoded(piece), marked });
  }
  return parts;
}

/** Shows a highlight, or the plain text where the search gave none. */
export function Highlight({ html, text }: { html?: string | null; text: string }) {
  if (!html) return <>{text}</>;
  let offset = 0;
  return (
    <>
      {highlightParts(html).map((part) => {
        offset += part.text.length + 1;
        return part.marked ? (
          <mark key={offset}>{part.text}</mark>
        ) : (
          <Fragment key={offset}>{part.text}</Fragment>
        );
      })}
    </>
  );
}
