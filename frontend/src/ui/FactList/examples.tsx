import type { ExampleSet } from '#/ui/examples';
import { FactList } from '.';

export default {
  title: 'FactList',
  examples: [
    {
      name: 'two columns',
      render: () => (
        <FactList
          columns={2}
          facts={[
            { key: 'when', icon: 'calendar', label: 'Wann', value: 'Di., 12. Januar 2027, 18:00–19:30 Uhr' },
            { key: 'where', icon: 'pin', label: 'Wo', value: 'Parchim, Lindenstraße 1' },
            { key: 'price', icon: 'euro', label: 'Kosten', value: '45,00 €' },
          ]}
        />
      ),
    },
  ],
} satisfies ExampleSet;
