import type { ExampleSet } from '#/ui/examples';
import { WhenNear } from '.';

export default {
  title: 'WhenNear',
  examples: [{ name: 'in view', render: () => <WhenNear>Erst da, wenn man hinsieht.</WhenNear> }],
} satisfies ExampleSet;
