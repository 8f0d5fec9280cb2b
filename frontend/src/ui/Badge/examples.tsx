import type { ExampleSet } from '#/ui/examples';
import { Badge } from '.';

export default {
  title: 'Badge',
  examples: [
    { name: 'neutral', render: () => <Badge>Beispiel</Badge> },
    {
      name: 'success',
      render: () => (
        <Badge tone="success" icon="check">
          Buchbar
        </Badge>
      ),
    },
    { name: 'warning', render: () => <Badge tone="warning">Warteliste</Badge> },
    { name: 'danger', render: () => <Badge tone="danger">Abgesagt</Badge> },
    { name: 'info', render: () => <Badge tone="info">Online</Badge> },
    { name: 'accent', render: () => <Badge tone="accent">Kostenlos</Badge> },
  ],
} satisfies ExampleSet;
