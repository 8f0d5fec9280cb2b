import type { ExampleSet } from '#/ui/examples';
import { Checkbox } from '.';

export default {
  title: 'Checkbox',
  examples: [
    { name: 'with count', render: () => <Checkbox label="Sprachen" count="128" /> },
    { name: 'checked', render: () => <Checkbox label="Nur buchbare" defaultChecked /> },
  ],
} satisfies ExampleSet;
