import type { ExampleSet } from '#/ui/examples';
import { DateLeaf } from '.';

export default {
  title: 'DateLeaf',
  examples: [
    {
      name: 'with weekday',
      render: () => <DateLeaf dateTime="2027-01-12" day="12" month="Jan." weekday="Di." />,
    },
  ],
} satisfies ExampleSet;
