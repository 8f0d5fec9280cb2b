import type { ExampleSet } from '#/ui/examples';
import { Icon, type IconName } from '.';
import { iconPaths } from './paths';

export default {
  title: 'Icon',
  examples: [
    {
      name: 'all',
      render: () => (
        <ul className="kitchen-grid">
          {(Object.keys(iconPaths) as IconName[]).map((name) => (
            <li key={name}>
              <Icon name={name} size="lg" /> {name}
            </li>
          ))}
        </ul>
      ),
    },
  ],
} satisfies ExampleSet;
