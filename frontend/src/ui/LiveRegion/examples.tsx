import { Button } from '#/ui/Button';
import type { ExampleSet } from '#/ui/examples';
import { announce } from '.';

export default {
  title: 'LiveRegion',
  examples: [
    {
      name: 'announce',
      render: () => <Button onClick={() => announce('87 Angebote gefunden')}>Ansagen</Button>,
    },
  ],
} satisfies ExampleSet;
