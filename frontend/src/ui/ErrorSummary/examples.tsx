import type { ExampleSet } from '#/ui/examples';
import { ErrorSummary } from '.';

export default {
  title: 'ErrorSummary',
  examples: [
    {
      name: 'one error',
      render: () => (
        <ErrorSummary
          title="Bitte prüfen Sie Ihre Angaben"
          errors={[{ fieldId: 'kitchen-field', message: 'Geben Sie eine Postleitzahl an' }]}
        />
      ),
    },
  ],
} satisfies ExampleSet;
