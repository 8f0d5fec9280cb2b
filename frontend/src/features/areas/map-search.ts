import type { RegionArea } from '#/api/hooks';

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

export function validateMapSearch(raw: Record<string, unknown>): MapSearch {
  const search: MapSearch = {};
  const q = text(raw.q)?.slice(0, 100);
  if (q?.trim()) search.q = q;
  for (const key of ['topic', 'area'] as const) {
    const value = text(raw[key]);
    if (value && code.test(value)) search[key] = value;
  }
  return search;
}

export interface AreaGroup {
  /** The Amt, or nothing for the towns that belong to none. */
  amt: RegionArea | undefined;
  municipalities: RegionArea[];
  count: number;
}

const byName = (a: RegionArea, b: RegionArea) => a.name.localeCompare(b.name, 'de');

/** Municipalities under their Amt; those that belong to the county itself come first. */
export function groupByAmt(areas: readonly RegionArea[], counts: Record<string, number>): AreaGroup[] {
  const municipalities = areas.filter((area) => area.kind === 'municipality').sort(byName);
  const amts = areas.filter((area) => area.kind === 'amt').sort(byName);
  const keys = new Set(amts.map((amt) => amt.key));
  const group = (amt: RegionArea | undefined): AreaGroup => {
    const own = municipalities.filter((area) =>
      amt ? area.parent === amt.key : !area.parent || !keys.has(area.parent),
    );
    const sum = own.reduce((total, area) => total + (counts[area.key] ?? 0), 0);
    return { amt, municipalities: own, count: (amt && counts[amt.key]) ?? sum };
  };
  return [group(undefined), ...amts.map(group)].filter((entry) => entry.municipalities.length > 0);
}
