import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { LanguageProvider } from '#/app/i18n';
import german from '#messages/de.json';
import { ActionSelect } from './ActionSelect';

describe('ActionSelect', () => {
  it('offers actions by what they are about, and all of them together', async () => {
    const onChange = vi.fn();
    render(
      <LanguageProvider language="de" messages={german}>
        <ActionSelect value={undefined} onChange={onChange} />
      </LanguageProvider>,
    );
    const accounts = screen.getByRole('group', { name: 'Konten' });
    expect(within(accounts).getByRole('option', { name: 'hat ein Konto gesperrt' })).toHaveProperty(
      'value',
      'account.suspended',
    );
    await userEvent.selectOptions(screen.getByLabelText('Was'), 'Alles zu: Konten');
    expect(onChange).toHaveBeenLastCalledWith('account.');
    await userEvent.selectOptions(screen.getByLabelText('Was'), 'Alle');
    expect(onChange).toHaveBeenLastCalledWith(undefined);
  });
});
