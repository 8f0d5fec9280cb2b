import type { RegionArea } from '#/api/hooks';

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
