/** A value of the audit log as text; undefined where there was none. */
export function valueText(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value))
    return value.length > 0 ? value.map((item) => valueText(item) ?? '').join(', ') : undefined;
  if (typeof value === 'object') {
    // A reference is told by its name, anything else as it is.
    const { name } = value as { name?: unknown };
    return typeof name === 'string' ? name : JSON.stringify(value);
  }
  return String(value);
}
