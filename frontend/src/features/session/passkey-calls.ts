import { post } from './public-call';
import type { PasskeyQuestion, SignedIn } from './types';
import { presentPasskey } from './webauthn';

/** Signs in with a passkey of the person's choice; it counts as both factors. */
export async function signInWithPasskey(signal?: AbortSignal, conditional = false): Promise<SignedIn> {
  const { challenge, options } = await post<PasskeyQuestion>('/auth/passkey/begin', undefined, signal);
  const credential = await presentPasskey(options, { signal, conditional });
  return post<SignedIn>('/auth/passkey/finish', { challenge, credential });
}

/** A passkey as fresh confirmation of who is there. */
export async function passkeyForStepUp(): Promise<{ challenge: string; credential: object }> {
  const { challenge, options } = await post<PasskeyQuestion>('/auth/passkey/begin');
  return { challenge, credential: await presentPasskey(options) };
}
