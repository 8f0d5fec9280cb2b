import type { ExampleSet } from '#/ui/examples';
import { Skeleton } from '.';

export default {
  title: 'Skeleton',
  examples: [
    { name: 'lines', render: () => <Skeleton count={3} /> },
    { name: 'blocks', render: () => <Skeleton shape="block" count={2} /> },
  ],
} satisfies ExampleSet;
