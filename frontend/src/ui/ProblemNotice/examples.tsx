import type { ExampleSet } from '#/ui/examples';
import { ProblemNotice } from '.';

export default {
  title: 'ProblemNotice',
  examples: [
    {
      name: 'not reachable',
      render: () => <ProblemNotice error={new TypeError()} onRetry={() => undefined} />,
    },
    {
      name: 'error of the server',
      render: () => (
        <ProblemNotice
          error={{
            type: '/problems/internal',
            status: 500,
            code: 'internal',
            title: 'Interner Fehler',
            traceId: '7f3a9c',
          }}
        />
      ),
    },
  ],
} satisfies ExampleSet;
