import type { components } from '#/api/schema';

type Schemas = components['schemas'];

export type Passkey = Schemas['PasskeyView'];
/** The second factors of the own account. */
export type Factors = Schemas['OwnFactors'];
/** A link with an identity provider. */
export type LinkedIdentity = Schemas['LinkedIdentity'];
/** A sign-in that is still valid. */
export type OwnSession = Schemas['OwnSession'];
