import type { ImportFormat, ImportMode } from '../../exchange';

/** The formats of files, in the order of the choice. */
export const importFormats = [
  'csv',
  'xlsx',
  'ndjson',
  'openqcat',
  'openvhs',
  'kufer',
  'vhs-json',
  'ics',
  'jsonld',
  'integreat',
  'geojson',
  'gml',
] as const satisfies readonly ImportFormat[];
export const importModes = ['delta', 'full'] as const satisfies readonly ImportMode[];

/** Tables need to know which column is what. */
export const tableFormats: readonly ImportFormat[] = ['csv', 'xlsx'];

const contentTypes: Record<ImportFormat, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson',
  openqcat: 'application/xml',
  openvhs: 'application/xml',
  kufer: 'application/xml',
  'vhs-json': 'application/json',
  ics: 'text/calendar',
  jsonld: 'application/json',
  integreat: 'application/json',
  geojson: 'application/geo+json',
  gml: 'application/gml+xml',
};

/** What a dialog for files offers first. */
export const fileEndings = '.csv,.xlsx,.ndjson,.jsonl,.xml,.ics,.json,.jsonld,.html,.geojson,.gml';

/** As the API wants it named. A page with schema.org inside is not JSON. */
export function contentType(format: ImportFormat, name: string): string {
  return format === 'jsonld' && /\.html?$/i.test(name) ? 'text/html' : contentTypes[format];
}

/** How much of a file is read to guess its format. */
export const sniffBytes = 4096;

/** The format of a file by its name and its first bytes; undefined where only a person can tell. */
export function guessFormat(name: string, head: string): ImportFormat | undefined {
  const start = head.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('PK') || /\.xlsx$/i.test(name)) return 'xlsx';
  if (/<(\w+:)?OPENQCAT[\s>]/i.test(start)) return 'openqcat';
  if (/<(\w+:)?veranstaltungen[\s>]/i.test(start)) return 'openvhs';
  if (/<kurse[\s>]/i.test(start)) return 'kufer';
  if (/opengis\.net\/gml|<(wfs|gml):/i.test(start) || /\.gml$/i.test(name)) return 'gml';
  if (/^BEGIN:VCALENDAR/i.test(start) || /\.ics$/i.test(name)) return 'ics';
  if (/"FeatureCollection"/.test(start) || /\.geojson$/i.test(name)) return 'geojson';
  if (/"@context"|application\/ld\+json/.test(start) || /\.(jsonld|html?)$/i.test(name)) return 'jsonld';
  if (/^\{\s*"veranstaltungen"/.test(start)) return 'vhs-json';
  if (start.startsWith('{') || /\.(ndjson|jsonl)$/i.test(name)) return 'ndjson';
  if (/\.(csv|tsv)$/i.test(name)) return 'csv';
  return undefined;
}
