import { useState } from 'react';
import type { ExampleSet } from '#/ui/examples';
import { Combobox, type ComboboxOption } from '.';

const words: ComboboxOption[] = [
  { id: '1', label: 'Deutsch als Zweitsprache', detail: 'Thema', icon: 'tag' },
  { id: '2', label: 'Deutschkurs am Abend', detail: 'Angebot', icon: 'book' },
  { id: '3', label: 'Musikschule', detail: 'Einrichtung', icon: 'building' },
];

function Filled() {
  const [value, setValue] = useState('');
  const options = words.filter((word) => word.label.toLowerCase().includes(value.toLowerCase()));
  return (
    <Combobox
      label="Was möchten Sie lernen?"
      icon="search"
      value={value}
      onChange={setValue}
      options={value ? options : []}
      onSelect={(option) => setValue(option.label)}
    />
  );
}

export default {
  title: 'Combobox',
  examples: [{ name: 'type-ahead', render: () => <Filled /> }],
} satisfies ExampleSet;
