import { describe, expect, it } from 'vitest';
import { readJwks } from './jwks';

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'a' };

describe('readJwks', () => {
  it('takes a set of public keys', () => {
    expect(readJwks(JSON.stringify({ keys: [key] }))).toEqual({ keys: [key] });
  });

  it.each([
    ['no JSON', '{'],
    ['a single key', JSON.stringify(key)],
    ['an empty set', '{"keys":[]}'],
    ['a private key', JSON.stringify({ keys: [{ ...key, d: 'secret' }] })],
    ['a shared secret', JSON.stringify({ keys: [{ kty: 'oct', k: 'secret' }] })],
    ['null', 'null'],
  ])('refuses %s', (_, text) => {
    expect(readJwks(text)).toBeUndefined();
  });
});
