import { Badge } from '#/ui/Badge';
import type { ExampleSet } from '#/ui/examples';
import { Disclosure } from '.';

export default {
  title: 'Disclosure',
  examples: [
    {
      name: 'closed',
      render: () => <Disclosure summary="Weitere Termine">Jeden Dienstag um 18 Uhr.</Disclosure>,
    },
    {
      name: 'open, with badge',
      render: () => (
        <Disclosure summary="Thema" badge={<Badge>2</Badge>} defaultOpen>
          Sprachen, Grundbildung
        </Disclosure>
      ),
    },
  ],
} satisfies ExampleSet;
