import type { RegionArea } from '#/api/hooks';

/** The centre of an area as the `near` parameter. */
export function nearOfArea({ lat, lon }: Pick<RegionArea, 'lat' | 'lon'>): string {
  return `${lat.toFixed(5)},${lon.toFixed(5)}`;
}

/** About 100 metres: enough for a radius search, and no more of the reader's position than needed. */
export function nearOfPosition(lat: number, lon: number): string {
  return `${lat.toFixed(3)},${lon.toFixed(3)}`;
}

/** Reads a `lat,lon` parameter. */
export function positionOf(near: string | undefined): { lat: number; lon: number } | null {
  const match = near?.match(/^(-?[\d.]+),(-?[\d.]+)$/);
  return match ? { lat: Number(match[1]), lon: Number(match[2]) } : null;
}

const folded = (text: string) =>
  text
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Municipalities whose name or postcode begins with the text, towns first. */
export function matchingAreas(areas: readonly RegionArea[], text: string, limit = 7): RegionArea[] {
  const wanted = folded(text);
  if (!wanted) return [];
  const hits = areas.filter(
    (area) =>
      area.kind === 'municipality' &&
      (folded(area.name)
        .split(' ')
        .some((_, index, words) => words.slice(index).join(' ').startsWith(wanted)) ||
        (/^\d{2,}/.test(wanted) && area.postcodes.some((postcode) => postcode.startsWith(wanted)))),
  );
  return hits
    .sort((a, b) => Number(b.town) - Number(a.town) || a.name.localeCompare(b.name, 'de'))
    .slice(0, limit);
}

/**
 * What was typed, as a `near` parameter: a postcode as it is, a name only if exactly one municipality bears it.
 * `null` means it was not understood; an empty text is no place at all (`undefined`).
 */
export function nearOfText(areas: readonly RegionArea[], text: string): string | undefined | null {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (/^\d{5}$/.test(trimmed)) return trimmed;
  const same = areas.filter((area) => area.kind === 'municipality' && folded(area.name) === folded(trimmed));
  const [only] = same;
  return only && same.length === 1 ? nearOfArea(only) : null;
}

/** The municipality whose centre a `near` parameter is. */
export function areaOfNear(areas: readonly RegionArea[], near: string): RegionArea | undefined {
  return areas.find((area) => area.kind === 'municipality' && nearOfArea(area) === near);
}
