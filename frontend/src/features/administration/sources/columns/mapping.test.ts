import { describe, expect, it } from 'vitest';
import type { ColumnMapping, TableField } from '../../exchange';
import {
  type Choice,
  doubledFields,
  initialChoice,
  lines,
  mappingOf,
  missingFields,
  type Preview,
} from './mapping';

const field = (name: TableField['field'], required = false): TableField => ({
  field: name,
  label: { de: name, en: name },
  required,
  many: false,
});
const preview: Preview = {
  columns: [
    { name: 'Kurs', index: 0, samples: ['Deutsch A1'], suggestion: 'title' },
    { name: 'Nr.', index: 1, samples: ['K1'], suggestion: 'externalId' },
    { name: 'Kursname', index: 2, samples: [''], suggestion: 'title' },
    { name: 'Bemerkung', index: 3, samples: [] },
  ],
  rows: 3,
  fields: [field('externalId', true), field('title', true), field('summary'), field('kind', true)],
  records: [],
  problems: [],
};

describe('initialChoice', () => {
  it('follows the suggestions and gives every field once', () => {
    expect(initialChoice(preview, undefined)).toEqual({ Kurs: 'title', 'Nr.': 'externalId' });
  });

  it('prefers what was saved, and leaves out what was left out', () => {
    const saved = { columns: [{ column: ' kursname', field: 'title' as const }] };
    expect(initialChoice(preview, saved)).toEqual({ Kursname: 'title' });
  });
});

it('says what is missing and what is there twice', () => {
  const choice: Choice = { Kurs: 'title', Kursname: 'title' };
  const missing = (fixed: Record<string, string>) =>
    missingFields(preview, { choice, fixed }).map(({ field: code }) => code);
  expect(missing({})).toEqual(['externalId', 'kind']);
  expect(missing({ kind: 'course', externalId: ' ' })).toEqual(['externalId']);
  expect(doubledFields(choice)).toEqual(['title']);
  expect(doubledFields({ Kurs: 'title', Bemerkung: undefined, 'Nr.': undefined })).toEqual([]);
});

it('makes a mapping in the order of the columns and keeps what was not asked for', () => {
  const saved = {
    headerRow: 2,
    columns: [
      { column: 'kurs', field: 'title', separator: '/' },
      { column: 'Nr.', field: 'courseCode', separator: '-' },
    ],
  } satisfies ColumnMapping;
  const wish = {
    choice: { 'Nr.': 'externalId', Kurs: 'title' } satisfies Choice,
    fixed: { locality: ' Parchim ', title: 'Kurs', street: '' },
    sheet: 'Herbst',
  };
  expect(mappingOf(preview, wish, saved)).toEqual({
    headerRow: 2,
    sheet: 'Herbst',
    columns: [
      { column: 'Kurs', field: 'title', separator: '/' },
      { column: 'Nr.', field: 'externalId' },
    ],
    fixed: { locality: 'Parchim' },
  });
});

it('shows a record in lines', () => {
  const record = {
    type: 'offer',
    title: 'A',
    topics: ['a', 'b'],
    price: { amount: 100 },
    runs: [{ start: 'x' }],
  };
  expect(lines(record)).toEqual([
    ['type', 'offer'],
    ['title', 'A'],
    ['topics', 'a, b'],
    ['price.amount', '100'],
    ['runs.0.start', 'x'],
  ]);
  expect(lines(record, 2)).toHaveLength(2);
});
