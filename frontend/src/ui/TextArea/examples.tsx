import type { ExampleSet } from '#/ui/examples';
import { TextArea } from '.';

export default {
  title: 'TextArea',
  examples: [
    {
      name: 'with hint',
      render: () => <TextArea label="Nachricht" hint="Was sollen wir wissen?" />,
    },
    {
      name: 'with error',
      render: () => (
        <TextArea label="Begründung" error="Bitte geben Sie einen Grund an." defaultValue="Weil" />
      ),
    },
  ],
} satisfies ExampleSet;
