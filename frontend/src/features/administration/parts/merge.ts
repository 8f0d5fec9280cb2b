/** Values of a form by field. */
export type Fields = Record<string, unknown>;

export interface Merged<Values extends Fields> {
  /** What the form shows now: own changes stay, untouched fields follow the saved record. */
  values: Values;
  /** Fields that both sides changed, and to different values. */
  conflicts: (keyof Values)[];
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Three-way merge of a form: `base` is what the person saw when they began, `mine` what they entered, `theirs` what is
 * saved now.
 */
export function merge<Values extends Fields>(base: Values, mine: Values, theirs: Values): Merged<Values> {
  const values = { ...theirs };
  const conflicts: (keyof Values)[] = [];
  for (const field of Object.keys(theirs) as (keyof Values)[]) {
    if (same(mine[field], base[field])) continue;
    values[field] = mine[field];
    if (!same(theirs[field], base[field]) && !same(theirs[field], mine[field])) conflicts.push(field);
  }
  return { values, conflicts };
}
