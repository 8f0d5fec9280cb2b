import type { ExampleSet } from '#/ui/examples';
import { RemovableTag, Tag } from '.';

export default {
  title: 'Tag',
  examples: [
    { name: 'plain', render: () => <Tag>Sprachen</Tag> },
    {
      name: 'removable',
      render: () => (
        <RemovableTag removeLabel="Filter Thema: Sprachen entfernen" onRemove={() => undefined}>
          Thema: Sprachen
        </RemovableTag>
      ),
    },
  ],
} satisfies ExampleSet;
