import { expect, it } from 'vitest';
import { fieldProblem } from './problem';

const error = {
  status: 422,
  code: 'invalid',
  errors: [
    { pointer: '/body/price/amount', code: 'a', message: 'Betrag fehlt' },
    { pointer: '/query/mode', code: 'b', message: 'Umfang fehlt' },
    { pointer: '/body/priceNote', code: 'c', message: 'zu lang' },
  ],
};

it.each([
  ['/price', 'Betrag fehlt'],
  ['/price/amount', 'Betrag fehlt'],
  ['/query/mode', 'Umfang fehlt'],
  ['/priceNote', 'zu lang'],
  ['/mode', undefined],
])('finds what is said about %s', (pointer, message) => {
  expect(fieldProblem(error, pointer)).toBe(message);
});
