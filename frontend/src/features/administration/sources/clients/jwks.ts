/** A JWK set (RFC 7517) that somebody pasted; undefined if it is none, or holds a private part. */
export function readJwks(text: string): { keys: object[] } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const keys = (parsed as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length === 0) return undefined;
  const isPublic = (key: unknown) =>
    typeof key === 'object' && key !== null && 'kty' in key && key.kty !== 'oct' && !('d' in key);
  return keys.every(isPublic) ? { keys } : undefined;
}
