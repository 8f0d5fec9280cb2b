import type { ExampleSet } from '#/ui/examples';
import { Progress } from '.';

export default {
  title: 'Progress',
  examples: [
    { name: 'part of it', render: () => <Progress label="Datei wird übertragen" value={0.4} text="40 %" /> },
    {
      name: 'nobody can tell',
      render: () => <Progress label="Datei wird gelesen" text="1.200 Datensätze" />,
    },
  ],
} satisfies ExampleSet;
