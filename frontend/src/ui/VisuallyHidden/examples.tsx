import type { ExampleSet } from '#/ui/examples';
import { VisuallyHidden } from '.';

export default {
  title: 'VisuallyHidden',
  examples: [
    {
      name: 'more words for a screen reader',
      render: () => (
        <p>
          45 € <VisuallyHidden>(Preis pro Person)</VisuallyHidden>
        </p>
      ),
    },
  ],
} satisfies ExampleSet;
