import { Button } from '#/ui/Button';
import type { ExampleSet } from '#/ui/examples';
import { EmptyState } from '.';

export default {
  title: 'EmptyState',
  examples: [
    {
      name: 'no results',
      render: () => (
        <EmptyState title="Keine Angebote gefunden" level={3}>
          <p>Ohne den Filter „Nur buchbare“ gibt es 14 Angebote.</p>
          <Button variant="secondary">Filter entfernen</Button>
        </EmptyState>
      ),
    },
  ],
} satisfies ExampleSet;
