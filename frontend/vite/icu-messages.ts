import { readFile } from 'node:fs/promises';
import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';

type Tree = { [key: string]: string | Tree };

/** Compiles every leaf of a message catalogue, keeping its nesting. */
export function compileMessages(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compileMessages(value),
    ]),
  );
}

/**
 * Parses the ICU messages at build time, so that the browser receives a formatter of less than one kilobyte
 * instead of a parser. Together with the alias of `use-intl/format-message` in `vite.config.ts`.
 */
export function icuMessages(): Plugin {
  return {
    name: 'icu-messages',
    enforce: 'pre',
    async load(id) {
      const [file] = id.split('?');
      if (!file || !/\/messages\/[a-z-]+\.json$/.test(file)) return null;
      this.addWatchFile(file);
      const compiled = compileMessages(JSON.parse(await readFile(file, 'utf8')) as Tree);
      return { code: `export default ${JSON.stringify(compiled)}`, moduleType: 'js' };
    },
  };
}
