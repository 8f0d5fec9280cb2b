import type { AccessibilityStatement, AccessibilityValue, Price } from '#/api/types';

/** An object of optional texts, such as a contact. */
export type Texts = Record<string, unknown>;

/** An object without what is empty; null when nothing is left: the field is emptied. */
export function compact(texts: Texts): Texts | null {
  const entries = Object.entries(texts).filter(
    ([, value]) =>
      value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

/** The object with one text changed. */
export function withText(texts: Texts | null, key: string, value: string): Texts | null {
  return compact({ ...texts, [key]: value });
}

/** `45,50` or `45.5` as cents; undefined where that is no amount. */
export function cents(text: string): number | undefined {
  const match = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text.trim().replace(/\s*€$/, ''));
  if (!match) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** Cents as they are typed: `45,50`, `45` for whole euros. */
export function euros(amount: number | null | undefined, lang: string): string {
  if (amount === null || amount === undefined) return '';
  const text = amount % 100 === 0 ? String(amount / 100) : (amount / 100).toFixed(2);
  return lang === 'de' ? text.replace('.', ',') : text;
}

/** What a person types about a price. */
export interface PriceInput {
  type: Price['type'];
  amount: string;
  maxAmount: string;
  note: string;
}

export function priceInput(price: Price, lang: string): PriceInput {
  return {
    type: price.type,
    amount: euros(price.amount, lang),
    maxAmount: euros(price.maxAmount, lang),
    note: price.note ?? '',
  };
}

export type PriceFault = 'amount' | 'range';

/** What is wrong with a typed price. */
export function priceFault({ type, amount, maxAmount }: PriceInput): PriceFault | undefined {
  if (type !== 'paid' && type !== 'range') return undefined;
  const low = cents(amount);
  if (!low) return 'amount';
  const high = cents(maxAmount);
  return type === 'range' && (high === undefined || high <= low) ? 'range' : undefined;
}

/** The typed price as the API takes it; what is not asked for here (reductions, currency) stays. */
export function priceOf(input: PriceInput, before: Price): Price {
  const { amount: _amount, maxAmount: _max, note: _note, ...rest } = before;
  const { type, note } = input;
  return {
    ...rest,
    type,
    ...(type === 'paid' || type === 'range' ? { amount: cents(input.amount) } : {}),
    ...(type === 'range' ? { maxAmount: cents(input.maxAmount) } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
  };
}

/** The statements with one criterion answered anew; `unknown` takes the statement away. */
export function withStatement(
  statements: readonly AccessibilityStatement[],
  criterion: string,
  value: AccessibilityValue,
): AccessibilityStatement[] {
  if (value === 'unknown') return statements.filter((statement) => statement.criterion !== criterion);
  if (!statements.some((statement) => statement.criterion === criterion)) {
    return [...statements, { criterion, value, provenance: 'self-declared' }];
  }
  return statements.map((statement) =>
    statement.criterion === criterion && statement.value !== value
      ? { criterion, value, provenance: 'self-declared' as const }
      : statement,
  );
}

function isObject(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A changed field as a merge patch (RFC 7396) over the saved one: parts that are gone have to be named. Texts that were
 * emptied take the field away.
 */
export function patchOf(saved: unknown, value: unknown): unknown {
  if (value === '') return null;
  if (!isObject(saved) || !isObject(value)) return value;
  const gone = Object.keys(saved).filter((key) => saved[key] != null && value[key] == null);
  return { ...value, ...Object.fromEntries(gone.map((key) => [key, null])) };
}
