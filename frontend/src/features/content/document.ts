/**
 * A page of running text as data, `texts/<page>.<language>.json`: whoever runs the portal can replace it without touching code.
 * Texts may hold `[words](address)` for links, `**words**` for emphasis and `[[words]]` for what the operator has to fill in.
 */
export interface TextDocument {
  lead: string;
  /** Said before everything else, for example that the page is a draft. */
  notice?: string;
  sections: TextSection[];
}

export interface TextSection {
  id: string;
  title: string;
  blocks: TextBlock[];
}

/** Exactly one of the fields is set. */
export interface TextBlock {
  text?: string;
  list?: string[];
  facts?: { term: string; text: string }[];
  /** A command to copy; `{origin}` becomes the address of the portal. */
  code?: string;
  /** What the command does; goes with `code`. */
  label?: string;
  heading?: string;
}

export type Inline =
  | { kind: 'text' | 'strong' | 'gap'; text: string }
  | { kind: 'link'; text: string; href: string };

const pattern = /\[\[(?<gap>[^\]]+)\]\]|\[(?<text>[^\]]+)\]\((?<href>[^)\s]+)\)|\*\*(?<strong>[^*]+)\*\*/g;

/** Splits a text at its links, emphasised words and gaps. */
export function inlines(source: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) parts.push({ kind: 'text', text: source.slice(end, match.index) });
    const { gap, text, href, strong } = match.groups ?? {};
    if (gap) parts.push({ kind: 'gap', text: gap });
    else if (text && href) parts.push({ kind: 'link', text, href });
    else if (strong) parts.push({ kind: 'strong', text: strong });
    end = match.index + match[0].length;
  }
  if (end < source.length) parts.push({ kind: 'text', text: source.slice(end) });
  return parts;
}
