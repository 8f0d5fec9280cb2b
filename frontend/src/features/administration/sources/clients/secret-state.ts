import type { Client, ClientSecret } from '../../types';

export function isExpired({ expiresAt }: ClientSecret, now: Date): boolean {
  return !!expiresAt && Date.parse(expiresAt) <= now.getTime();
}

/** Secrets that still open the door. */
export function validSecrets(client: Client, now: Date): ClientSecret[] {
  return client.secrets.filter((secret) => !isExpired(secret, now));
}
