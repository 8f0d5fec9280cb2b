/** What the API takes as an identifier or code; everything else in an address is dropped. */
const code = /^[A-Za-z0-9][A-Za-z0-9.:_-]{0,59}$/;

export function codeIn(value: unknown): string | undefined {
  return typeof value === 'string' && code.test(value) ? value : undefined;
}

export function oneOf<Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined {
  return allowed.find((known) => known === value);
}

export function wordsIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value.trim().slice(0, 200) : undefined;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

export function dayIn(value: unknown): string | undefined {
  return typeof value === 'string' && day.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
