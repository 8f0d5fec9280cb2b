import { useQuery } from '@tanstack/react-query';
import { LanguageProvider, loadMessages } from '#/app/i18n';
import { loadPrivateMessages } from '#/app/private/messages';
import type { ExampleSet } from '#/ui/examples';
import { LiveRegion } from '#/ui/LiveRegion';
import './style.css';

const modules = import.meta.glob<{ default: ExampleSet }>('../../ui/*/examples.tsx', { eager: true });
const sets = Object.values(modules)
  .map((module) => module.default)
  .sort((a, b) => a.title.localeCompare(b.title));

/** Every component of `src/ui` in every example. Outside of the language tree, in German. */
export function KitchenPage() {
  const messages = useQuery({
    queryKey: ['messages', 'de'],
    queryFn: async () => {
      const [core, session] = await Promise.all([loadMessages('de'), loadPrivateMessages('de', 'session')]);
      return { ...core, ...session };
    },
  });
  if (!messages.data) return null;
  return (
    <LanguageProvider language="de" messages={messages.data}>
      <main className="page kitchen">
        <h1>Bausteine</h1>
        <p className="muted">Alle Bedienelemente des Portals in ihren Zuständen.</p>
        {sets.map((set) => (
          <section key={set.title} className="kitchen__set" aria-labelledby={`kitchen-${set.title}`}>
            <h2 id={`kitchen-${set.title}`}>{set.title}</h2>
            {set.examples.map((example) => (
              <div key={example.name} className="kitchen__example">
                <p className="small muted">{example.name}</p>
                {example.render()}
              </div>
            ))}
          </section>
        ))}
      </main>
      <LiveRegion />
    </LanguageProvider>
  );
}
