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
          value="bk_9f2c1d7e4b6a4c0f8e3d5a7b9c1e2f4a"
          file={{ name: 'zugang.txt', text: 'bk_9f2c1d7e4b6a4c0f8e3d5a7b9c1e2f4a' }}
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
