import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';
import { messageGroups, privateMessageGroups } from './message-groups.ts';

type Tree = { [key: string]: string | Tree };

const folder = fileURLToPath(new URL('../messages/', import.meta.url));
/** Modules of loaders, and the groups each of them offers. */
const loaderModules: Record<string, readonly string[]> = {
  'virtual:messages': ['core', ...Object.keys(messageGroups)],
  'virtual:private-messages': Object.keys(privateMessageGroups),
};
const allGroups: Record<string, readonly string[]> = { ...messageGroups, ...privateMessageGroups };

/** Compiles every leaf of a message catalogue, keeping its nesting. */
export function compileMessages(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compileMessages(value),
    ]),
  );
}

/** The namespaces of one group; without a group all of them. */
export function pickGroup(tree: Tree, group: string | null): Tree {
  if (group === null) return tree;
  const claimed = new Set(Object.values(allGroups).flat());
  const wanted = (namespace: string) =>
    group === 'core' ? !claimed.has(namespace) : (allGroups[group]?.includes(namespace) ?? false);
  return Object.fromEntries(Object.entries(tree).filter(([namespace]) => wanted(namespace)));
}

/**
 * Parses the ICU messages at build time, so that the browser receives a formatter of less than one kilobyte instead of a
 * parser (together with the alias of `use-intl/format-message` in `vite.config.ts`), and cuts each language into the
 * groups of `message-groups.ts`. `virtual:messages` and `virtual:private-messages` hold a loader per language and group.
 */
export function icuMessages(): Plugin {
  return {
    name: 'icu-messages',
    enforce: 'pre',
    resolveId(id) {
      return Object.hasOwn(loaderModules, id) ? `\0${id}` : null;
    },
    async load(id) {
      const offered = id.startsWith('\0') ? loaderModules[id.slice(1)] : undefined;
      if (offered) {
        const languages = (await readdir(folder)).filter((file) => file.endsWith('.json'));
        const loaders = languages.map((file) => {
          const imports = offered.map(
            (group) => `${group}: () => import(${JSON.stringify(`${folder}${file}?group=${group}`)})`,
          );
          return `${JSON.stringify(file.replace('.json', ''))}: { ${imports.join(', ')} }`;
        });
        return { code: `export default { ${loaders.join(', ')} }`, moduleType: 'js' };
      }
      const [file, query] = id.split('?');
      if (!file || !/\/messages\/[a-z-]+\.json$/.test(file)) return null;
      this.addWatchFile(file);
      const tree = pickGroup(
        JSON.parse(await readFile(file, 'utf8')) as Tree,
        new URLSearchParams(query).get('group'),
      );
      return { code: `export default ${JSON.stringify(compileMessages(tree))}`, moduleType: 'js' };
    },
  };
}
