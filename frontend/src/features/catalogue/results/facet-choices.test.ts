import { describe, expect, it } from 'vitest';
import { arrangeChoices } from './facet-choices';

const order = [
  { code: 'languages' },
  { code: 'english', broader: 'languages' },
  { code: 'polish', broader: 'languages' },
  { code: 'music' },
  { code: 'health' },
];
const counts = [
  { code: 'music', count: 9 },
  { code: 'languages', count: 5 },
  { code: 'english', count: 4 },
];
const codes = (chosen: string[]) =>
  arrangeChoices({ counts, chosen, order, by: 'order' }).map(({ code }) => code);

describe('choices of a filter', () => {
  it('keep the order of the vocabulary and hide what would give nothing', () => {
    expect(codes([])).toEqual(['languages', 'music']);
  });

  it('unfold narrower concepts below a chosen one', () => {
    expect(codes(['languages'])).toEqual(['languages', 'english', 'music']);
    expect(codes(['english'])).toEqual(['languages', 'english', 'music']);
  });

  it('always show what is chosen, so that it can be taken back', () => {
    expect(codes(['health'])).toEqual(['languages', 'music', 'health']);
    expect(codes(['gone'])).toEqual(['languages', 'music', 'gone']);
  });

  it('list areas by number, without the county, the chosen ones first', () => {
    const areas = [
      { code: '13076' },
      { code: '1', broader: '13076' },
      { code: '2', broader: '13076' },
      { code: '3', broader: '13076' },
    ];
    const areaCounts = [
      { code: '13076', count: 12 },
      { code: '1', count: 2 },
      { code: '2', count: 7 },
      { code: '3', count: 1 },
    ];
    const arranged = arrangeChoices({ counts: areaCounts, chosen: ['3'], order: areas, by: 'count' });
    expect(arranged.map(({ code }) => code)).toEqual(['3', '2', '1']);
  });
});
