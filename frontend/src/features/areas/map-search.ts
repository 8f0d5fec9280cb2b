/** The whole state of the map page; exactly what its address says. */
export interface MapSearch {
  /** Beginning of a name or postcode that narrows the list. */
  q?: string;
  topic?: string;
  /** Key of the area that is looked at closely. */
  area?: string;
}

const code = /^[A-Za-z0-9][A-Za-z0-9-]{0,80}$/;

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

export function validateMapSearch(raw: { [key in keyof MapSearch]: unknown }): MapSearch {
  const search: MapSearch = {};
  const q = text(raw.q)?.slice(0, 100);
  if (q?.trim()) search.q = q;
  for (const key of ['topic', 'area'] as const) {
    const value = text(raw[key]);
    if (value && code.test(value)) search[key] = value;
  }
  return search;
}
