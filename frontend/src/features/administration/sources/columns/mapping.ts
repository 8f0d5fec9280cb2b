import type { Message } from '../../exchange';

/** One column of a table. */
export interface TableColumn {
  name: string;
  index: number;
  /** A few of its values. */
  samples: string[];
  /** The field it probably is. */
  suggestion?: string | null;
}

export interface TableField {
  field: string;
  label: Message;
  required: boolean;
}

export interface TableProblem {
  row?: number | null;
  column?: string | null;
  code: string;
  messages: Message;
}

/** What the API makes of a table. */
export interface Preview {
  columns: TableColumn[];
  rows: number;
  encoding?: string | null;
  delimiter?: string | null;
  sheets?: string[] | null;
  fields: TableField[];
  /** The first records as they would be read. */
  records: unknown[];
  problems: TableProblem[];
}

/** Which field each column is, by the name of the column. */
export type Choice = Record<string, string | undefined>;

export interface ColumnMapping {
  columns: { column: string; field: string }[];
}

/** What to begin with: what was saved for a column of that name, else what the API suggests; every field once. */
export function initialChoice(preview: Preview, saved: ColumnMapping | undefined): Choice {
  const known = new Map(saved?.columns.map(({ column, field }) => [column, field]));
  const choice: Choice = {};
  const taken = new Set<string>();
  const take = (name: string, field: string | null | undefined) => {
    if (!field || taken.has(field) || choice[name]) return;
    choice[name] = field;
    taken.add(field);
  };
  for (const { name } of preview.columns) take(name, known.get(name));
  for (const { name, suggestion } of preview.columns) {
    // What somebody left out on purpose stays out.
    if (!saved || !known.size) take(name, suggestion);
  }
  return choice;
}

export function mappingOf(preview: Preview, choice: Choice): ColumnMapping {
  return {
    columns: preview.columns.flatMap(({ name }) => {
      const field = choice[name];
      return field ? [{ column: name, field }] : [];
    }),
  };
}

/** Fields that every record needs and no column gives. */
export function missingFields(preview: Preview, choice: Choice): TableField[] {
  const given = new Set(Object.values(choice));
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
