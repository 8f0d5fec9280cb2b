/** What a partner needs for the first call. */
export interface Access {
  origin: string;
  source: string;
  client: string;
  secret: string;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Gets a token; works as it is in a terminal. */
export function tokenExample({ origin, client, secret }: Access, scopes: readonly string[]): string {
  return [
    `curl -sS ${origin}/oauth/token \\`,
    `  -u ${quoted(`${client}:${secret}`)} \\`,
    '  -d grant_type=client_credentials \\',
    `  -d ${quoted(`scope=${scopes.join(' ')}`)}`,
  ].join('\n');
}

/** Hands in a file with the token of the first example. */
export function importExample({ origin, source }: Access): string {
  return [
    `curl -sS ${quoted(`${origin}/api/v1/sources/${encodeURIComponent(source)}/imports?mode=delta`)} \\`,
    '  -H "Authorization: Bearer $TOKEN" \\',
    "  -H 'Content-Type: application/x-ndjson' \\",
    '  --data-binary @angebote.ndjson',
  ].join('\n');
}
