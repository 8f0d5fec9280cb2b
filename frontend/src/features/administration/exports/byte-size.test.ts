import { expect, it } from 'vitest';
import { byteSize } from './byte-size';

it.each([
  [0, '0 Byte'],
  [999, '999 Byte'],
  [3_400_000, '3,4 MB'],
  [12_345, '12,3 kB'],
])('%i bytes are %s', (bytes, text) => {
  expect(byteSize(bytes, 'de').replace(/\s/g, ' ')).toBe(text);
});
