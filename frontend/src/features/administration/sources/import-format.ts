import type { ImportFormat, ImportMode } from '../types';

/** The formats of files, in the order of the choice. */
export const importFormats = [
  'ndjson',
  'openqcat',
  'openvhs',
  'kufer',
  'vhs-json',
  'ics',
  'jsonld',
] as const satisfies readonly ImportFormat[];
export const importModes = ['delta', 'full'] as const satisfies readonly ImportMode[];

const contentTypes: Record<ImportFormat, string> = {
  ndjson: 'application/x-ndjson',
  openqcat: 'application/xml',
  openvhs: 'application/xml',
  kufer: 'application/xml',
  'vhs-json': 'application/json',
  ics: 'text/calendar',
  jsonld: 'application/json',
};

/** As the API wants it named. A page with schema.org inside is not JSON. */
export function contentType(format: ImportFormat, name: string): string {
  return format === 'jsonld' && /\.html?$/i.test(name) ? 'text/html' : contentTypes[format];
}

/** How much of a file is read to guess its format. */
export const sniffBytes = 4096;

/** The format of a file by its name and its first bytes; undefined where only a person can tell. */
export function guessFormat(name: string, head: string): ImportFormat | undefined {
  const start = head.replace(/^\uFEFF/, '').trimStart();
  if (/<(\w+:)?OPENQCAT[\s>]/i.test(start)) return 'openqcat';
  if (/<(\w+:)?veranstaltungen[\s>]/i.test(start)) return 'openvhs';
  if (/<kurse[\s>]/i.test(start)) return 'kufer';
  if (/^BEGIN:VCALENDAR/i.test(start) || /\.ics$/i.test(name)) return 'ics';
  if (/"@context"|application\/ld\+json/.test(start) || /\.(jsonld|html?)$/i.test(name)) return 'jsonld';
  if (/^\{\s*"veranstaltungen"/.test(start)) return 'vhs-json';
  if (start.startsWith('{') || /\.(ndjson|jsonl)$/i.test(name)) return 'ndjson';
  return undefined;
}
