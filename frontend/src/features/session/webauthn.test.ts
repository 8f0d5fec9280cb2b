import { expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from './webauthn';

it('turns bytes into base64url and back', () => {
  const bytes = Uint8Array.from([0, 251, 255, 254, 63, 1]);
  expect(toBase64Url(bytes.buffer)).toBe('APv__j8B');
  expect([...fromBase64Url('APv__j8B')]).toEqual([...bytes]);
  expect([...fromBase64Url('_w')]).toEqual([255]);
});
