import { describe, expect, it } from 'vitest';
import { inlines, type TextDocument } from './document';

const texts = import.meta.glob<TextDocument>('./texts/*.json', { import: 'default', eager: true });

describe('running text', () => {
  it('finds links, emphasis and gaps', () => {
    expect(inlines('Ein [Link](/karte), **wichtig**, [[Name]].')).toEqual([
      { kind: 'text', text: 'Ein ' },
      { kind: 'link', text: 'Link', href: '/karte' },
      { kind: 'text', text: ', ' },
      { kind: 'strong', text: 'wichtig' },
      { kind: 'text', text: ', ' },
      { kind: 'gap', text: 'Name' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('has the same sections in every language', () => {
    const shape = (document: TextDocument) =>
      document.sections.map(({ id, blocks }) => [
        id,
        blocks.map((block) => Object.keys(block).sort().join()),
      ]);
    const german = Object.entries(texts).filter(([path]) => path.endsWith('.de.json'));
    expect(german).toHaveLength(6);
    for (const [path, document] of german) {
      const english = texts[path.replace('.de.json', '.en.json')];
      expect(english && shape(english), path).toEqual(shape(document));
    }
  });
});
