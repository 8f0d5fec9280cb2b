import type { ReactNode } from 'react';

/** One state of a component, shown on the `/_kitchen` page and walked there by the accessibility tests. */
export interface Example {
  name: string;
  render: () => ReactNode;
}

/** What every `src/ui/<Component>/examples.tsx` exports as default. */
export interface ExampleSet {
  title: string;
  examples: Example[];
}
