/** The whole state of the directory of organisations; exactly what its address says. */
export interface OrganizationSearch {
  q?: string;
  kind?: string[];
  area?: string[];
}

const code = /^[A-Za-z0-9][A-Za-z0-9-]{0,80}$/;

function codes(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === 'string' && code.test(item),
  );
  return list.length > 0 ? [...new Set(list)] : undefined;
}

/** Reads the state from the address; what the API would refuse is dropped. */
export function validateOrganizationSearch(raw: Record<string, unknown>): OrganizationSearch {
  const search: OrganizationSearch = {};
  const q = typeof raw.q === 'string' ? raw.q.trim().slice(0, 200) : '';
  if (q) search.q = q;
  const kind = codes(raw.kind);
  if (kind) search.kind = kind;
  const area = codes(raw.area);
  if (area) search.area = area;
  return search;
}
