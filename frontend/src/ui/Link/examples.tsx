import type { ExampleSet } from '#/ui/examples';
import { ExternalLink, Link } from '.';

export default {
  title: 'Link',
  examples: [
    { name: 'inline', render: () => <Link to="/">Zur Startseite</Link> },
    {
      name: 'standalone',
      render: () => (
        <Link to="/" variant="standalone">
          Alle Angebote
        </Link>
      ),
    },
    {
      name: 'external',
      render: () => <ExternalLink href="https://www.kreis-lup.de/">Landkreis</ExternalLink>,
    },
  ],
} satisfies ExampleSet;
