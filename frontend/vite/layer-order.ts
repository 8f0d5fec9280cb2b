import type { Plugin } from 'vite';

/**
 * The order of the cascade layers is set by whichever stylesheet the browser reads first, and with split chunks that
 * may be any of them. So each one starts with the same statement.
 */
export function layerOrder(layers: readonly string[]): Plugin {
  return {
    name: 'layer-order',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css')) {
          file.source = `@layer ${layers.join(',')};${file.source}`;
        }
      }
    },
  };
}
