import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { icuMessages } from './vite/icu-messages.ts';
import { layerOrder } from './vite/layer-order.ts';

const apiTarget = process.env.API_TARGET ?? 'http://127.0.0.1:8080';
/** As in `src/styles/index.css`. */
const layers = ['reset', 'tokens', 'base', 'components', 'layout', 'pages', 'utilities', 'print'];
const server = { target: apiTarget, changeOrigin: false };
const proxy = { '/api': server, '/oauth': server };

export default defineConfig({
  base: '/',
  plugins: [icuMessages(), react(), layerOrder(layers)],
  resolve: {
    alias: [
      { find: /^use-intl\/format-message$/, replacement: 'use-intl/format-message/format-only' },
      // React has had the hook itself since version 18.
      {
        find: /^use-sync-external-store\/shim\/with-selector(\.js)?$/,
        replacement: 'use-sync-external-store/with-selector',
      },
      { find: /^#\//, replacement: fileURLToPath(new URL('./src/', import.meta.url)) },
      { find: /^#messages\//, replacement: fileURLToPath(new URL('./messages/', import.meta.url)) },
    ],
  },
  server: { proxy },
  preview: { proxy },
  build: {
    // The content security policy of the server forbids inline code and data: URLs.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What every page has loaded already need not be named again for each of them.
      resolveDependencies: (_file, dependencies, { hostType }) =>
        hostType === 'js'
          ? dependencies.filter((file) => !/\/(vendor|rolldown-runtime|app)-/.test(file))
          : dependencies,
    },
    manifest: true,
    rolldownOptions: {
      output: {
        // Few larger chunks compress better than many small ones. The map and the kitchen stay apart: most never need them.
        codeSplitting: {
          groups: [
            { name: 'vendor', test: /node_modules\/(?!d3|topojson|internmap)/ },
            {
              name: 'app',
              test: /src\/(ui\/((Icon|Button|Link|LiveRegion|Notice|ProblemNotice|Skeleton|Badge|Disclosure|FactList|DateLeaf)\/(index\.tsx|paths\.ts)$|cx\.ts)|api\/|app\/(?!kitchen|private|Unknown|NotFound))/,
            },
            // Parts that several pages share, put together because each file of its own costs some bytes.
            {
              name: 'lists',
              test: /src\/.*\/(FacetGroup|(LoadMore|Dialog)\/index)\.tsx$/,
              includeDependenciesRecursively: false,
            },
            {
              name: 'parts',
              test: /src\/ui\/(TextField|SearchField|EmptyState)\/index\.tsx$/,
              includeDependenciesRecursively: false,
            },
            {
              name: 'card',
              test: /src\/features\/catalogue\/parts\/(price|level|StatusBadge)\.tsx?$/,
              includeDependenciesRecursively: false,
            },
            {
              name: 'finder',
              test: /src\/.*\/(Combobox\/index|WhereField|where)\.tsx?$/,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },

    target: 'baseline-widely-available',
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'vite/**/*.test.ts'],
    server: { deps: { inline: ['use-intl'] } },
    env: { TZ: 'UTC' },
  },
});
