import type { ImportFormat, ImportMode } from '../types';

/** The formats of files; calendars are fetched from an address. */
export const importFormats = ['ndjson', 'openqcat', 'openvhs'] as const satisfies readonly ImportFormat[];
export const importModes = ['delta', 'full'] as const satisfies readonly ImportMode[];

/** As the API wants it named. */
export function contentType(format: ImportFormat): string {
  return format === 'ndjson' ? 'application/x-ndjson' : 'application/xml';
}

/** How much of a file is read to guess its format. */
export const sniffBytes = 4096;

/** The format of a file by its name and its first bytes; undefined where only a person can tell. */
export function guessFormat(name: string, head: string): ImportFormat | undefined {
  const start = head.replace(/^\uFEFF/, '').trimStart();
  if (/<(\w+:)?OPENQCAT[\s>]/i.test(start)) return 'openqcat';
  if (/<(\w+:)?veranstaltungen[\s>]/i.test(start)) return 'openvhs';
  if (start.startsWith('{') || /\.(ndjson|jsonl)$/i.test(name)) return 'ndjson';
  return undefined;
}
