import type { ExampleSet } from '#/ui/examples';
import { Card } from '.';

export default {
  title: 'Card',
  examples: [
    { name: 'raised', render: () => <Card>Eine Karte auf hellem Grund.</Card> },
    { name: 'sunken', render: () => <Card tone="sunken">Zurückgenommen.</Card> },
    {
      name: 'interactive',
      render: () => (
        <Card interactive>
          <a className="card__link" href="#kitchen">
            Die ganze Karte ist der Link
          </a>
        </Card>
      ),
    },
  ],
} satisfies ExampleSet;
