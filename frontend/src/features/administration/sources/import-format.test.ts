import { describe, expect, it } from 'vitest';
import { guessFormat } from './import-format';

describe('guessFormat', () => {
  it.each([
    ['kurse.xml', '<?xml version="1.0"?>\n<OPENQCAT VERSION="1.1">', 'openqcat'],
    ['kurse.xml', '\uFEFF<?xml version="1.0"?><veranstaltungen version="1.2">', 'openvhs'],
    ['kurse.ndjson', '', 'ndjson'],
    ['export.txt', '{"kind":"offer"}', 'ndjson'],
    ['kurse.xml', '<?xml version="1.0"?><kurse>', undefined],
    ['kurse.csv', 'Titel;Datum', undefined],
  ])('%s beginning with %j is %s', (name, head, format) => {
    expect(guessFormat(name, head)).toBe(format);
  });
});
