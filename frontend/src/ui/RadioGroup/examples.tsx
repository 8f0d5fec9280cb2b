import { useState } from 'react';
import type { ExampleSet } from '#/ui/examples';
import { RadioGroup } from '.';

const options = [
  { value: 'delta', label: 'Nur Änderungen', explanation: 'Was in der Datei fehlt, bleibt, wie es ist.' },
  { value: 'full', label: 'Alles', explanation: 'Was in der Datei fehlt, wird zurückgezogen.' },
] as const;

function Choice({ error }: { error?: string }) {
  const [value, setValue] = useState<'delta' | 'full'>();
  return (
    <RadioGroup
      legend="Umfang der Datei"
      error={error}
      value={value}
      options={[...options]}
      onChange={setValue}
    />
  );
}

export default {
  title: 'RadioGroup',
  examples: [
    { name: 'with explanations', render: () => <Choice /> },
    { name: 'with error', render: () => <Choice error="Bitte wählen Sie den Umfang." /> },
  ],
} satisfies ExampleSet;
