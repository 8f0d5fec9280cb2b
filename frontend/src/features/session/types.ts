/** Short names for the shapes of the API that the session deals in. */
import type { components } from '#/api/schema';

type Schemas = components['schemas'];

export type Role = Schemas['Role'];
/** How far a capability reaches: everywhere, or in the organisations of the account. */
export type Reach = Schemas['GrantView']['reach'];
export type OrganizationRef = Schemas['OrganizationRef'];
/** The account that is signed in. */
export type Me = Schemas['Me'];
/** The password was right, a second factor is asked for. */
export type Challenge = Schemas['Challenge'];
export type SecondFactorMethod = Schemas['FactorMethod'];
export type PasswordStrength = Schemas['PasswordStrength'];
export type Invitation = Schemas['Invitation'];
/** What an authenticator app needs. */
export type TotpKey = Schemas['TotpSetup'];
export type NewRecoveryCodes = Schemas['RecoveryCodes'];
/** What the browser is asked for a passkey. */
export type PasskeyQuestion = Schemas['PasskeyQuestion'];

/** Signed in: the token is kept in memory, the refresh token in a cookie that no script can read. */
export type SignedIn = Schemas['SignedInSession'];

/** An identity provider that the operator has connected. */
export type Provider = Schemas['Provider'];

/** Options of WebAuthn as JSON, which the API passes through: binary values are base64url. */
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
