/** Query parameters as the address bar shows them: one value is a string, repeated ones are a list. */
export type RawSearch = Record<string, string | string[]>;

/** `?topic=a&topic=b&q=c` → `{ topic: ['a', 'b'], q: 'c' }` */
export function parseSearch(query: string): RawSearch {
  const result: RawSearch = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const known = result[key];
    if (known === undefined) result[key] = value;
    else if (Array.isArray(known)) known.push(value);
    else result[key] = [known, value];
  }
  return result;
}

/** The inverse: lists are repeated, empty values left out, commas stay readable. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null || item === '' || item === false) continue;
      params.append(key, String(item));
    }
  }
  const query = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return query ? `?${query}` : '';
}
