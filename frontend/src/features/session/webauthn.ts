import type { CreationOptionsJson, CredentialDescriptorJson, RequestOptionsJson } from './types';

/**
 * Passkeys as JSON, in the form of WebAuthn level 3. Written out here because the browser's own `toJSON` and
 * `parse…FromJSON` are younger than the browsers this portal supports.
 */

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

export function toBase64Url(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function descriptors(list: CredentialDescriptorJson[] = []): PublicKeyCredentialDescriptor[] {
  return list.map(({ id, type, transports }) => ({ id: fromBase64Url(id), type, transports }));
}

/** Whether this browser knows passkeys at all. */
export function passkeysSupported(): boolean {
  return typeof PublicKeyCredential !== 'undefined';
}

/** Whether the browser can offer passkeys in the list of the e-mail field. */
export async function conditionalSupported(): Promise<boolean> {
  return (
    passkeysSupported() &&
    typeof PublicKeyCredential.isConditionalMediationAvailable === 'function' &&
    (await PublicKeyCredential.isConditionalMediationAvailable())
  );
}

/** Closing the browser's window is no error of anybody. */
export function isDismissed(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

/** Asks for a passkey, with the options as the server sent them; the answer goes to the server as it is. */
export async function presentPasskey(
  asked: unknown,
  { conditional = false, signal }: { conditional?: boolean; signal?: AbortSignal } = {},
): Promise<object> {
  const options = asked as RequestOptionsJson;
  const credential = (await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: fromBase64Url(options.challenge),
      allowCredentials: descriptors(options.allowCredentials),
    },
    mediation: conditional ? 'conditional' : undefined,
    signal,
  })) as PublicKeyCredential | null;
  if (!credential) throw new DOMException('no passkey', 'NotAllowedError');
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    ...common(credential),
    response: {
      clientDataJSON: toBase64Url(response.clientDataJSON),
      authenticatorData: toBase64Url(response.authenticatorData),
      signature: toBase64Url(response.signature),
      userHandle: response.userHandle ? toBase64Url(response.userHandle) : undefined,
    },
  };
}

/** Makes a new passkey, with the options as the server sent them; the answer goes to the server as it is. */
export async function makePasskey(asked: unknown): Promise<object> {
  const options = asked as CreationOptionsJson;
  const credential = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: fromBase64Url(options.challenge),
      user: { ...options.user, id: fromBase64Url(options.user.id) },
      excludeCredentials: descriptors(options.excludeCredentials),
    },
  })) as PublicKeyCredential | null;
  if (!credential) throw new DOMException('no passkey', 'NotAllowedError');
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    ...common(credential),
    response: {
      clientDataJSON: toBase64Url(response.clientDataJSON),
      attestationObject: toBase64Url(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}

function common(credential: PublicKeyCredential) {
  return {
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
