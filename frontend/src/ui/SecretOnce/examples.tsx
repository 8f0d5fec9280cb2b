import type { ExampleSet } from '#/ui/examples';
import { SecretOnce } from '.';

export default {
  title: 'SecretOnce',
  examples: [
    {
      name: 'secret',
      render: () => (
        <SecretOnce
          label="Geheimnis"
          value="brs_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAx7"
          file={{ name: 'zugang.txt', text: 'brs_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAx7' }}
        />
      ),
    },
    {
      name: 'command',
      render: () => (
        <SecretOnce label="Token holen" value={'curl -u "id:secret" \\\n  https://example.org/oauth/token'} />
      ),
    },
  ],
} satisfies ExampleSet;
