import { useState } from 'react';
import type { ExampleSet } from '#/ui/examples';
import { SearchField } from '.';

function Filled() {
  const [value, setValue] = useState('Gitarre');
  return <SearchField label="Einrichtung suchen" value={value} onChange={setValue} />;
}

export default {
  title: 'SearchField',
  examples: [{ name: 'filled, can be cleared', render: () => <Filled /> }],
} satisfies ExampleSet;
