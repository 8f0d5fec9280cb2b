import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { LanguageProvider } from '#/app/i18n';
import { LiveRegion } from '#/ui/LiveRegion';
import german from '#messages/de.json';
import { Combobox, type ComboboxOption } from '.';

const options: ComboboxOption[] = [
  { id: 'a', label: 'Deutsch als Zweitsprache' },
  { id: 'b', label: 'Deutschkurs am Abend' },
  { id: 'c', label: 'Deutsch für den Beruf' },
];

interface PageProps {
  onSelect: (id: string) => void;
  onSubmit: (value: string) => void;
}

function Page({ onSelect, onSubmit }: PageProps) {
  const [value, setValue] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(value);
      }}
    >
      <Combobox
        label="Suche"
        value={value}
        onChange={setValue}
        options={value ? options : []}
        onSelect={(option) => {
          setValue(option.label);
          onSelect(option.id);
        }}
      />
      <button type="submit">Suchen</button>
    </form>
  );
}

function setup() {
  const onSelect = vi.fn();
  const onSubmit = vi.fn();
  render(
    <LanguageProvider language="de" messages={german}>
      <LiveRegion />
      <Page onSelect={onSelect} onSubmit={onSubmit} />
    </LanguageProvider>,
  );
  return {
    input: screen.getByRole<HTMLInputElement>('combobox'),
    onSelect,
    onSubmit,
    user: userEvent.setup(),
  };
}

const activeText = (input: HTMLElement) => {
  const id = input.getAttribute('aria-activedescendant');
  return id ? document.getElementById(id)?.textContent : null;
};

describe('combobox keyboard', () => {
  it('opens while typing, with nothing chosen, and says how many suggestions there are', async () => {
    const { input, user } = setup();
    await user.type(input, 'deutsch');
    expect(input.getAttribute('aria-expanded')).toBe('true');
    expect(activeText(input)).toBeNull();
    expect(screen.getByRole('status').textContent).toContain('3 Vorschläge');
  });

  it('walks down and up and around both ends', async () => {
    const { input, user } = setup();
    await user.type(input, 'd{ArrowDown}');
    expect(activeText(input)).toBe('Deutsch als Zweitsprache');
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(activeText(input)).toBe('Deutsch als Zweitsprache');
    await user.keyboard('{ArrowUp}');
    expect(activeText(input)).toBe('Deutsch für den Beruf');
  });

  it('starts from the last suggestion on ArrowUp', async () => {
    const { input, user } = setup();
    await user.type(input, 'd{ArrowUp}');
    expect(activeText(input)).toBe('Deutsch für den Beruf');
  });

  it('takes the active suggestion with Enter and does not submit', async () => {
    const { input, user, onSelect, onSubmit } = setup();
    await user.type(input, 'd{ArrowDown}{ArrowDown}{Enter}');
    expect(onSelect).toHaveBeenCalledExactlyOnceWith('b');
    expect(onSubmit).not.toHaveBeenCalled();
    expect(input.getAttribute('aria-expanded')).toBe('false');
  });

  it('submits the form with Enter when no suggestion is active', async () => {
    const { input, user, onSelect, onSubmit } = setup();
    await user.type(input, 'deutsch{Enter}');
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('deutsch');
    expect(onSelect).not.toHaveBeenCalled();
  });

  it('closes on the first Escape and clears on the second', async () => {
    const { input, user } = setup();
    await user.type(input, 'deutsch{Escape}');
    expect(input.getAttribute('aria-expanded')).toBe('false');
    expect(input.value).toBe('deutsch');
    await user.keyboard('{Escape}');
    expect(input.value).toBe('');
  });

  it('gives the cursor back to the text on ArrowLeft, and opens without choosing on Alt+ArrowDown', async () => {
    const { input, user } = setup();
    await user.type(input, 'd{ArrowDown}{ArrowLeft}');
    expect(activeText(input)).toBeNull();
    await user.keyboard('{Escape}{Alt>}{ArrowDown}{/Alt}');
    expect(input.getAttribute('aria-expanded')).toBe('true');
    expect(activeText(input)).toBeNull();
  });

  it('leaves the list on Tab without taking anything', async () => {
    const { input, user, onSelect } = setup();
    await user.type(input, 'd{ArrowDown}');
    await user.tab();
    expect(input.getAttribute('aria-expanded')).toBe('false');
    expect(onSelect).not.toHaveBeenCalled();
  });

  it('takes a suggestion by pointer', async () => {
    const { input, user, onSelect } = setup();
    await user.type(input, 'd');
    await user.click(screen.getByRole('option', { name: 'Deutschkurs am Abend' }));
    expect(onSelect).toHaveBeenCalledExactlyOnceWith('b');
    expect(document.activeElement).toBe(input);
  });
});
