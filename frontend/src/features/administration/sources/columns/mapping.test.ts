import { describe, expect, it } from 'vitest';
import { doubledFields, initialChoice, lines, mappingOf, missingFields, type Preview } from './mapping';

const field = (name: string, required = false) => ({
  field: name,
  label: { de: name, en: name },
  required,
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
    const saved = { columns: [{ column: 'Kursname', field: 'title' }] };
    expect(initialChoice(preview, saved)).toEqual({ Kursname: 'title' });
  });
});

it('says what is missing and what is there twice', () => {
  const choice = { Kurs: 'title', Kursname: 'title' };
  expect(missingFields(preview, choice).map((missing) => missing.field)).toEqual(['externalId', 'kind']);
  expect(doubledFields(choice)).toEqual(['title']);
  expect(doubledFields({ Kurs: 'title', Bemerkung: undefined, 'Nr.': undefined })).toEqual([]);
});

it('makes a mapping in the order of the columns', () => {
  expect(mappingOf(preview, { 'Nr.': 'externalId', Kurs: 'title' })).toEqual({
    columns: [
      { column: 'Kurs', field: 'title' },
      { column: 'Nr.', field: 'externalId' },
    ],
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
