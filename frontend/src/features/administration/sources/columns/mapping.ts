import type { ColumnMapping, MappingPreview, TableField } from '../../exchange';

type Field = TableField['field'];

/** What the API makes of a table. */
export type Preview = MappingPreview;

/** Which field each column is, by the name of the column. */
export type Choice = Record<string, Field | undefined>;

type MappedColumn = NonNullable<ColumnMapping['columns']>[number];

/** Fields for which one value for the whole table is common. */
export const fixedFields = [
  'organization',
  'kind',
  'deliveryMode',
  'place',
  'street',
  'postalCode',
  'locality',
] as const;

/** Blank space and case do not tell columns apart. */
const keyOf = (column: string) => column.trim().replace(/\s+/g, ' ').toLowerCase();

/** What to begin with: what was saved for a column of that name, else what the API suggests; every field once. */
export function initialChoice(preview: Preview, saved: ColumnMapping | undefined): Choice {
  const known = new Map(saved?.columns?.map(({ column, field }) => [keyOf(column), field]));
  const choice: Choice = {};
  const taken = new Set<Field>();
  const take = (name: string, field: Field | null | undefined) => {
    if (!field || taken.has(field) || choice[name]) return;
    choice[name] = field;
    taken.add(field);
  };
  for (const { name } of preview.columns) take(name, known.get(keyOf(name)));
  // What somebody left out on purpose stays out, unless nothing of the table is known.
  if (taken.size === 0) for (const { name, suggestion } of preview.columns) take(name, suggestion);
  return choice;
}

export interface Wish {
  choice: Choice;
  fixed: Record<string, string>;
  sheet?: string;
}

/** The wish as the API takes it. What this page does not ask for stays as it was saved. */
export function mappingOf(preview: Preview, wish: Wish, saved: ColumnMapping | undefined): ColumnMapping {
  const before = new Map(saved?.columns?.map((mapped) => [keyOf(mapped.column), mapped]));
  const given = new Set<string | undefined>(Object.values(wish.choice));
  const fixed = Object.entries(wish.fixed)
    .map(([field, value]) => [field, value.trim()] as const)
    .filter(([field, value]) => value !== '' && !given.has(field));
  return {
    ...saved,
    columns: preview.columns.flatMap(({ name }): MappedColumn[] => {
      const field = wish.choice[name];
      if (!field) return [];
      const known = before.get(keyOf(name));
      return [known?.field === field ? { ...known, column: name } : { column: name, field }];
    }),
    fixed: Object.fromEntries(fixed),
    sheet: wish.sheet ?? saved?.sheet ?? null,
  };
}

/** Fields that every record needs and nothing gives. */
export function missingFields(preview: Preview, { choice, fixed }: Wish): TableField[] {
  const given = new Set<string | undefined>([
    ...Object.values(choice),
    ...Object.keys(fixed).filter((field) => fixed[field]?.trim()),
  ]);
  return preview.fields.filter(({ field, required }) => required && !given.has(field));
}

/** Fields that more than one column claims to be. */
export function doubledFields(choice: Choice): string[] {
  const fields = Object.values(choice).filter((field) => field !== undefined);
  return [...new Set(fields.filter((field, index) => fields.indexOf(field) !== index))];
}

/** A record as short lines, `price.amount` and its value; no longer than a reader can take in. */
export function lines(record: unknown, most = 14): [path: string, text: string][] {
  const found: [string, string][] = [];
  const walk = (value: unknown, path: string) => {
    if (found.length >= most || value === null || value === undefined || value === '') return;
    if (Array.isArray(value)) {
      if (value.every((item) => typeof item !== 'object')) {
        if (value.length > 0) found.push([path, value.join(', ')]);
      } else {
        for (const [index, item] of value.entries()) walk(item, `${path}.${index}`);
      }
    } else if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
    } else found.push([path, String(value)]);
  };
  walk(record, '');
  return found;
}
