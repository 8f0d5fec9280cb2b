import type { ExampleSet } from '#/ui/examples';
import { TextField } from '.';

export default {
  title: 'TextField',
  examples: [
    {
      name: 'with hint',
      render: () => <TextField label="Postleitzahl" hint="Fünf Ziffern" inputMode="numeric" />,
    },
    { name: 'date', render: () => <TextField label="Ab" type="date" /> },
    {
      name: 'with error',
      render: () => (
        <TextField
          label="Postleitzahl"
          error="Diese Postleitzahl liegt nicht im Landkreis."
          defaultValue="10115"
        />
      ),
    },
  ],
} satisfies ExampleSet;
