import type { FacetCount } from '#/api/types';

export interface Choice {
  code: string;
  count: number;
  chosen: boolean;
  /** A narrower concept, shown below its broader one. */
  nested: boolean;
}

export interface ArrangeInput {
  counts: readonly FacetCount[];
  chosen: readonly string[];
  /** All possible codes in the order of their vocabulary, with the broader one. */
  order: readonly { code: string; broader?: string | null }[];
  by: 'order' | 'count';
}

/**
 * The choices of one filter. By order of the vocabulary, narrower concepts appear only while their broader one, or one of
 * its narrower ones, is chosen: so two levels stay readable. By count, the most frequent come first. What is chosen always appears, even
 * with no offer left, because it must be possible to take it back.
 */
export function arrangeChoices({ counts, chosen, order, by }: ArrangeInput): Choice[] {
  const countOf = new Map(counts.map(({ code, count }) => [code, count]));
  const isChosen = new Set(chosen);
  const choice = (code: string, nested: boolean): Choice => ({
    code,
    count: countOf.get(code) ?? 0,
    chosen: isChosen.has(code),
    nested,
  });
  const relevant = (code: string) => (countOf.get(code) ?? 0) > 0 || isChosen.has(code);

  if (by === 'count') {
    const codes = new Set([...counts.map(({ code }) => code), ...chosen]);
    const known = new Map(order.map((entry) => [entry.code, entry]));
    return [...codes]
      .filter((code) => relevant(code) && (isChosen.has(code) || known.get(code)?.broader !== undefined))
      .map((code) => choice(code, false))
      .sort((a, b) => Number(b.chosen) - Number(a.chosen) || b.count - a.count);
  }

  const known = new Set(order.map(({ code }) => code));
  const result: Choice[] = [];
  for (const entry of order) {
    if (entry.broader) continue;
    const narrower = order.filter(({ broader }) => broader === entry.code);
    const unfolded = isChosen.has(entry.code) || narrower.some(({ code }) => isChosen.has(code));
    if (relevant(entry.code) || unfolded) result.push(choice(entry.code, false));
    if (unfolded) {
      for (const { code } of narrower) if (relevant(code)) result.push(choice(code, true));
    }
  }
  for (const code of new Set([...counts.map((count) => count.code), ...chosen])) {
    if (!known.has(code) && relevant(code)) result.push(choice(code, false));
  }
  return result;
}
