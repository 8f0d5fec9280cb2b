import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { LanguageProvider } from '#/app/i18n';
import { PasswordField } from '#/ui/PasswordField';
import { TextField } from '#/ui/TextField';
import german from '#messages/de.json';
import { FormErrors, SubmitButton, useForm } from './form';

type Send = (values: { email: string; password: string }) => Promise<unknown>;

function Page({ send }: { send: Send }) {
  const form = useForm({
    fields: { email: { required: 'Adresse fehlt' }, password: { required: 'Passwort fehlt' } },
    words: { 'invalid-credentials': { field: 'password', message: 'Passwort falsch' } },
    onSubmit: send,
  });
  return (
    <form {...form.props}>
      <FormErrors form={form} />
      <TextField {...form.field('email')} label="Adresse" />
      <PasswordField {...form.field('password')} label="Passwort" autoComplete="current-password" />
      <SubmitButton pending={form.pending}>Senden</SubmitButton>
    </form>
  );
}

function show(send: Send) {
  render(
    <LanguageProvider language="de" messages={german}>
      <Page send={send} />
    </LanguageProvider>,
  );
  return userEvent.setup();
}

it('names what is missing, takes focus and leads to the field', async () => {
  const send = vi.fn<Send>();
  const user = show(send);
  await user.click(screen.getByRole('button', { name: 'Senden' }));
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('alert')));
  await user.click(screen.getByRole('link', { name: 'Passwort fehlt' }));
  expect(document.activeElement).toBe(screen.getByLabelText('Passwort'));
  expect(send).not.toHaveBeenCalled();
});

it('sends once, keeps the password as it is typed and puts the answer at its field', async () => {
  let refuse: (problem: unknown) => void = () => undefined;
  const send = vi.fn<Send>(
    () =>
      new Promise((_, reject) => {
        refuse = reject;
      }),
  );
  const user = show(send);
  await user.type(screen.getByLabelText('Adresse'), ' a@b.de ');
  await user.type(screen.getByLabelText('Passwort'), ' mit Rand ');
  await user.click(screen.getByRole('button', { name: 'Senden' }));
  await user.click(screen.getByRole('button', { name: german.form.pending }));
  expect(send).toHaveBeenCalledTimes(1);
  expect(send).toHaveBeenCalledWith({ email: 'a@b.de', password: ' mit Rand ' });
  refuse({ status: 401, code: 'invalid-credentials', title: 'x' });
  expect(await screen.findByRole('link', { name: 'Passwort falsch' })).toBeTruthy();
  expect(screen.getByLabelText('Passwort').getAttribute('aria-invalid')).toBe('true');
});

it('shows and hides the password', async () => {
  const user = show(vi.fn<Send>());
  const field = screen.getByLabelText('Passwort');
  expect(field.getAttribute('type')).toBe('password');
  await user.click(screen.getByRole('button', { name: german.control.showPassword }));
  expect(field.getAttribute('type')).toBe('text');
  await user.click(field);
  await user.paste('eingefügt');
  expect((field as HTMLInputElement).value).toBe('eingefügt');
});
