import type { ExampleSet } from '#/ui/examples';
import { PasswordField } from '.';

export default {
  title: 'PasswordField',
  examples: [
    { name: 'current', render: () => <PasswordField label="Passwort" autoComplete="current-password" /> },
    {
      name: 'new, with error',
      render: () => (
        <PasswordField
          label="Neues Passwort"
          hint="Mindestens 12 Zeichen"
          error="Dieses Passwort ist zu kurz."
          autoComplete="new-password"
        />
      ),
    },
  ],
} satisfies ExampleSet;
