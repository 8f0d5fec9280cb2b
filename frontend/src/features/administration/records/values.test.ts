import { describe, expect, it } from 'vitest';
import { cents, compact, euros, patchOf, priceFault, priceOf, withStatement, withText } from './values';

describe('amounts', () => {
  it.each([
    ['45', 4500],
    ['45,5', 4550],
    ['45.05', 4505],
    ['45,00 €', 4500],
    ['0', 0],
    ['', undefined],
    ['-1', undefined],
    ['1.000,00', undefined],
    ['4,505', undefined],
  ])('%j are %s cents', (text, amount) => {
    expect(cents(text)).toBe(amount);
  });

  it('writes what it reads', () => {
    for (const amount of [0, 5, 4550, 4500, 99999]) expect(cents(euros(amount, 'de'))).toBe(amount);
    expect(euros(4550, 'de')).toBe('45,50');
    expect(euros(4550, 'en')).toBe('45.50');
  });
});

describe('prices', () => {
  const before = { type: 'paid', amount: 4500, currency: 'EUR', reductions: [{ label: 'ALG II' }] } as const;
  const typed = { type: 'paid', amount: '50', maxAmount: '', note: '' } as const;

  it('keeps what is not asked for, and drops amounts that do not fit the type', () => {
    expect(priceOf(typed, { ...before, reductions: [...before.reductions] })).toEqual({
      type: 'paid',
      amount: 5000,
      currency: 'EUR',
      reductions: [{ label: 'ALG II' }],
    });
    expect(priceOf({ ...typed, type: 'free' }, { type: 'paid', amount: 4500, currency: 'EUR' })).toEqual({
      type: 'free',
      currency: 'EUR',
    });
  });

  it('says what is missing', () => {
    expect(priceFault(typed)).toBeUndefined();
    expect(priceFault({ ...typed, amount: 'viel' })).toBe('amount');
    expect(priceFault({ ...typed, amount: '0' })).toBe('amount');
    expect(priceFault({ ...typed, type: 'range', maxAmount: '40' })).toBe('range');
    expect(priceFault({ ...typed, type: 'range', maxAmount: '60' })).toBeUndefined();
    expect(priceFault({ ...typed, type: 'free', amount: '' })).toBeUndefined();
  });
});

describe('objects of texts', () => {
  it('are emptied as a whole when nothing is left', () => {
    expect(withText({ phone: '1' }, 'phone', '')).toBeNull();
    expect(withText(null, 'phone', '1')).toEqual({ phone: '1' });
    expect(compact({ forms: [], phone: '' })).toBeNull();
  });
});

describe('statements about accessibility', () => {
  const checked = { criterion: 'lift', value: 'yes', provenance: 'verified' } as const;

  it('lose their proof when they change, and keep it when they do not', () => {
    expect(withStatement([checked], 'lift', 'yes')).toEqual([checked]);
    expect(withStatement([checked], 'lift', 'no')).toEqual([
      { criterion: 'lift', value: 'no', provenance: 'self-declared' },
    ]);
    expect(withStatement([checked], 'lift', 'unknown')).toEqual([]);
    expect(withStatement([checked], 'toilet', 'partly')).toHaveLength(2);
  });
});

describe('patchOf', () => {
  it('names the parts that are gone', () => {
    expect(patchOf({ phone: '1', email: 'a@b.de' }, { phone: '2' })).toEqual({ phone: '2', email: null });
    expect(patchOf({ type: 'paid', amount: 100 }, { type: 'free' })).toEqual({ type: 'free', amount: null });
  });

  it('leaves everything else as it is', () => {
    expect(patchOf(null, { phone: '2' })).toEqual({ phone: '2' });
    expect(patchOf({ phone: '1' }, null)).toBeNull();
    expect(patchOf(['a'], ['b'])).toEqual(['b']);
    expect(patchOf('Alt', 'Neu')).toBe('Neu');
    expect(patchOf('Alt', '')).toBeNull();
  });
});
