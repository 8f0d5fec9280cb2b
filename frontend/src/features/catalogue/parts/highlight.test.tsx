import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Highlight, highlightParts } from './highlight';

describe('highlights of the search', () => {
  it('marks what was found', () => {
    expect(highlightParts('<mark>Deutsch</mark> A1 &amp; mehr')).toEqual([
      { text: 'Deutsch', marked: true },
      { text: ' A1 & mehr', marked: false },
    ]);
  });

  it('never turns text into elements', () => {
    const { container } = render(<Highlight html="&lt;b&gt;<mark>x</mark><img src=y>" text="" />);
    expect(container.querySelector('img, b')).toBeNull();
    expect(container.textContent).toBe('<b>x<img src=y>');
  });

  it('falls back to the plain text', () => {
    expect(render(<Highlight html={undefined} text="Yoga" />).container.textContent).toBe('Yoga');
  });
});
