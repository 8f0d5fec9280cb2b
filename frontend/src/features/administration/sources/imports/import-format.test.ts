import { describe, expect, it } from 'vitest';
import { contentType, guessFormat } from './import-format';

describe('guessFormat', () => {
  it.each([
    ['kurse.xml', '<?xml version="1.0"?>\n<OPENQCAT VERSION="1.1">', 'openqcat'],
    ['kurse.xml', '\uFEFF<?xml version="1.0"?><veranstaltungen version="1.2">', 'openvhs'],
    ['kurse.ndjson', '', 'ndjson'],
    ['export.txt', '{"kind":"offer"}', 'ndjson'],
    ['kurse.xml', '<?xml version="1.0"?><kurse>', 'kufer'],
    ['kurse.xml', '<?xml version="1.0"?><angebote>', undefined],
    ['termine.ics', 'BEGIN:VCALENDAR\r\n', 'ics'],
    ['kurse.json', '{"veranstaltungen":{"veranstaltung":[]}}', 'vhs-json'],
    ['kurse.json', '{"@context":"https://schema.org","@type":"Course"}', 'jsonld'],
    ['seite.html', '<!doctype html>', 'jsonld'],
    ['kurse.csv', 'Titel;Datum', 'csv'],
    ['kurse.xlsx', 'PK\u0003\u0004', 'xlsx'],
    ['orte.json', '{"type":"FeatureCollection","features":[]}', 'geojson'],
    ['orte.xml', '<wfs:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2">', 'gml'],
    ['kurse.txt', 'Titel;Datum', undefined],
  ])('%s beginning with %j is %s', (name, head, format) => {
    expect(guessFormat(name, head)).toBe(format);
  });
});

it('names a page a page', () => {
  expect(contentType('jsonld', 'seite.html')).toBe('text/html');
  expect(contentType('jsonld', 'kurse.jsonld')).toBe('application/json');
});
