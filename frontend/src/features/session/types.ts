import type { Language } from '#/app/languages';

export type Role =
  | 'administrator'
  | 'editor'
  | 'analyst'
  | 'coordinator'
  | 'steering-member'
  | 'organization-admin'
  | 'organization-editor';

/** How far a capability reaches: everywhere, or in the organisations of the account. */
export type Reach = 'all' | 'own';

export interface OrganizationRef {
  id: string;
  name: string;
}

export interface OwnRole {
  membership: string;
  role: Role;
  organization?: OrganizationRef | null;
}

export interface OwnCapability {
  capability: string;
  reach: Reach;
  organizations?: string[] | null;
}

/** The account that is signed in. */
export interface Me {
  id: string;
  email: string;
  name: string;
  language: Language;
  status: 'invited' | 'active' | 'suspended' | 'deleted';
  version: number;
  createdAt: string;
  lastSignInAt?: string | null;
  roles: OwnRole[];
  capabilities: OwnCapability[];
  secondFactor: { required: boolean; totp: boolean; passkeys: number; recoveryCodes: number };
  methods: string[];
}

/** Signed in: the token is kept in memory, the refresh token in a cookie that no script can read. */
export interface SignedIn {
  status: 'signed-in';
  accessToken: string;
  tokenType: 'Bearer';
  /** Seconds. */
  expiresIn: number;
  authTime: string;
  account: Me;
}

export type SecondFactorMethod = 'totp' | 'recovery-code' | 'passkey';

/** The password was right, a second factor is asked for. */
export interface Challenge {
  status: 'second-factor';
  challenge: string;
  methods: SecondFactorMethod[];
  passkey?: RequestOptionsJson | null;
  expiresIn: number;
}

/** WebAuthn options as JSON: binary values are base64url. */
export interface RequestOptionsJson {
  challenge: string;
  rpId?: string;
  timeout?: number;
  userVerification?: UserVerificationRequirement;
  allowCredentials?: CredentialDescriptorJson[];
}

export interface CreationOptionsJson {
  challenge: string;
  rp: PublicKeyCredentialRpEntity;
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: PublicKeyCredentialParameters[];
  timeout?: number;
  excludeCredentials?: CredentialDescriptorJson[];
  authenticatorSelection?: AuthenticatorSelectionCriteria;
  attestation?: AttestationConveyancePreference;
}

export interface CredentialDescriptorJson {
  id: string;
  type: 'public-key';
  transports?: AuthenticatorTransport[];
}

/** Some servers wrap the options in `publicKey`, as the browser's own call does. */
export type Wrapped<Options> = Options | { publicKey: Options };

export interface PasskeyRequest {
  challenge: string;
  options: Wrapped<RequestOptionsJson>;
}

export interface PasskeyCreation {
  challenge: string;
  options: Wrapped<CreationOptionsJson>;
}

export interface Provider {
  id: string;
  name: string;
}

export interface PasswordStrength {
  acceptable: boolean;
  score: 0 | 1 | 2 | 3 | 4;
  reasons: { code: string; message: string }[];
}

export interface Invitation {
  email: string;
  name: string;
  roles: Role[];
  organization?: OrganizationRef | null;
  expiresAt: string;
}
