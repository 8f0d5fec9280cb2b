import type { ExampleSet } from '#/ui/examples';
import { CodeField } from '.';

export default {
  title: 'CodeField',
  examples: [
    {
      name: 'digits',
      render: () => <CodeField kind="digits" label="Code aus der App" hint="Sechs Ziffern" />,
    },
    {
      name: 'recovery, with error',
      render: () => (
        <CodeField kind="recovery" label="Wiederherstellungscode" error="Dieser Code stimmt nicht." />
      ),
    },
  ],
} satisfies ExampleSet;
