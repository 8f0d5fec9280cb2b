import type { ExampleSet } from '#/ui/examples';
import { LoadMore } from '.';

export default {
  title: 'LoadMore',
  examples: [
    {
      name: 'more to come',
      render: () => <LoadMore shown={20} total={87} loading={false} onMore={() => undefined} />,
    },
    {
      name: 'all shown',
      render: () => <LoadMore shown={12} total={12} loading={false} onMore={() => undefined} />,
    },
  ],
} satisfies ExampleSet;
