import type { ExampleSet } from '#/ui/examples';
import { Button, ButtonAnchor } from '.';

export default {
  title: 'Button',
  examples: [
    { name: 'primary', render: () => <Button icon="search">Angebote finden</Button> },
    {
      name: 'accent, large',
      render: () => (
        <Button variant="accent" size="lg" iconEnd="arrow">
          Suchen
        </Button>
      ),
    },
    { name: 'secondary', render: () => <Button variant="secondary">Zurücksetzen</Button> },
    {
      name: 'quiet',
      render: () => (
        <Button variant="quiet" icon="print">
          Drucken
        </Button>
      ),
    },
    {
      name: 'icon only',
      render: () => (
        <Button variant="secondary" icon="close" iconOnly>
          Schließen
        </Button>
      ),
    },
    { name: 'disabled', render: () => <Button disabled>Nicht möglich</Button> },
    {
      name: 'as a link',
      render: () => (
        <ButtonAnchor href="#kitchen" iconEnd="external">
          Zur Anmeldung
        </ButtonAnchor>
      ),
    },
  ],
} satisfies ExampleSet;
