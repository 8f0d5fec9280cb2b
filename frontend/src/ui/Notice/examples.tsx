import type { ExampleSet } from '#/ui/examples';
import { Notice, type NoticeTone } from '.';

const tones: NoticeTone[] = ['info', 'success', 'warning', 'danger'];

export default {
  title: 'Notice',
  examples: tones.map((tone) => ({
    name: tone,
    render: () => (
      <Notice tone={tone} title="Stand vom März">
        Bitte fragen Sie vor dem Besuch in der Einrichtung nach.
      </Notice>
    ),
  })),
} satisfies ExampleSet;
