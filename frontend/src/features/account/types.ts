export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt?: string | null;
}

/** The second factors of the own account. */
export interface Factors {
  totp: { confirmedAt: string } | null;
  passkeys: Passkey[];
  recoveryCodes: { left: number };
}

/** A sign-in that is still valid. */
export interface OwnSession {
  id: string;
  current: boolean;
  createdAt: string;
  lastUsedAt: string;
  /** `User-Agent` at the sign-in. */
  device?: string | null;
  address?: string | null;
  methods: string[];
}
