import type { ExampleSet } from '#/ui/examples';
import { Select } from '.';

export default {
  title: 'Select',
  examples: [
    {
      name: 'sort order',
      render: () => (
        <Select
          label="Sortieren"
          defaultValue="start"
          options={[
            { value: 'relevance', label: 'Beste Treffer' },
            { value: 'start', label: 'Beginn' },
          ]}
        />
      ),
    },
  ],
} satisfies ExampleSet;
