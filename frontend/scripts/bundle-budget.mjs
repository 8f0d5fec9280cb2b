// Fails when a page ships more than it may. Sizes are gzip, as a visitor of that page downloads them on first visit:
// entry, page and texts of the larger language, with everything they import statically.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const kB = 1000;
const dist = new URL('../dist/', import.meta.url);

/** Budgets of QUALITY.md. */
const publicPage = 130 * kB;
const searchPage = 160 * kB;
const stylesheets = 20 * kB;
/** Pages behind the sign-in have chunks of their own and no number in QUALITY.md; this keeps an eye on them. */
const privatePage = 180 * kB;

/** Every route behind the sign-in. */
const privateRoutes = 'src/app/private/routes.tsx';

/** Page, group of its texts (`vite/message-groups.ts`), budget. */
const pages = [
  ['src/features/catalogue/home/HomePage.tsx', 'home', publicPage],
  // The map comes with a press on “map”, but it belongs to this page.
  ['src/features/catalogue/results/ResultsPage.tsx', 'results', searchPage],
  ['src/features/catalogue/offer/OfferPage.tsx', 'offer', publicPage],
  ['src/features/partners/directory/DirectoryPage.tsx', 'directory', publicPage],
  ['src/features/partners/organization/OrganizationPage.tsx', 'organization', publicPage],
  ['src/features/areas/MapPage.tsx', 'areas', searchPage],
  ['src/features/calendar/CalendarPage.tsx', 'calendar', publicPage],
  ['src/features/content/AboutPage.tsx', 'content', publicPage],
  ['src/features/content/ImprintPage.tsx', 'content', publicPage],
  ['src/features/content/PrivacyPage.tsx', 'content', publicPage],
  ['src/features/content/AccessibilityPage.tsx', 'content', publicPage],
  ['src/features/content/ApiPage.tsx', 'content', publicPage],
  ['src/features/content/PartnerPage.tsx', 'content', publicPage],
];

const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));
const sizes = new Map();

async function gzipSize(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length);
  return sizes.get(file);
}

function filesOf(key, found = { js: new Set(), css: new Set() }) {
  const chunk = manifest[key];
  if (!chunk)
    throw new Error(
      `${key} is not in the manifest: run “npm run build” first, or correct the list of pages.`,
    );
  if (found.js.has(chunk.file)) return found;
  found.js.add(chunk.file);
  for (const css of chunk.css ?? []) found.css.add(css);
  for (const imported of chunk.imports ?? []) filesOf(imported, found);
  return found;
}

async function total(files) {
  let sum = 0;
  for (const file of files) sum += await gzipSize(file);
  return sum;
}

/** The chunk of a group in the language that needs most room. */
async function largestTexts(group) {
  const keys = Object.keys(manifest).filter(
    (key) => key.startsWith('messages/') && key.endsWith(`?group=${group}`),
  );
  const measured = await Promise.all(keys.map(async (key) => [key, await gzipSize(manifest[key].file)]));
  return measured.sort((a, b) => b[1] - a[1])[0][0];
}

const rows = [];

for (const [page, group, budget] of pages) {
  const found = filesOf('index.html');
  filesOf(page, found);
  filesOf(await largestTexts('core'), found);
  filesOf(await largestTexts(group), found);
  if (page.endsWith('ResultsPage.tsx')) {
    for (const lazy of manifest[page].dynamicImports ?? []) filesOf(lazy, found);
  }
  rows.push({ name: page.replace(/^.*\//, '').replace('.tsx', ''), size: await total(found.js), budget });
}

/** Pages behind the sign-in: with their routes, and the texts of every group that such a page may load. */
const privatePages = Object.keys(manifest).filter((key) =>
  /^src\/features\/(session|account|administration)\/.*Page\.tsx$/.test(key),
);
const textGroups = Object.keys(manifest).flatMap(
  (key) => /^messages\/de\.json\?group=(\w+)$/.exec(key)?.[1] ?? [],
);
let largest = { size: 0, css: 0, name: '' };
for (const page of privatePages) {
  const found = filesOf('index.html');
  for (const key of [privateRoutes, page]) filesOf(key, found);
  const feature = page.split('/')[2];
  const room = { session: 'entrance', account: 'account', administration: 'admin' }[feature];
  const groups = textGroups.filter((group) => group.startsWith(room));
  for (const group of ['core', 'session', ...groups]) filesOf(await largestTexts(group), found);
  const [size, css] = [await total(found.js), await total(found.css)];
  if (size > largest.size)
    largest = { ...largest, size, name: page.replace(/^.*\//, '').replace('.tsx', '') };
  largest.css = Math.max(largest.css, css);
}
rows.push({ name: `private: ${largest.name}`, size: largest.size, budget: privatePage });

/** What leads from the entry to a page that anybody may open. */
function publicChunks(key, seen = new Set()) {
  if (seen.has(key) || key === privateRoutes) return seen;
  seen.add(key);
  const { imports = [], dynamicImports = [] } = manifest[key];
  for (const next of [...imports, ...dynamicImports]) publicChunks(next, seen);
  return seen;
}

const publicCss = new Set([...publicChunks('index.html')].flatMap((key) => manifest[key].css ?? []));
rows.push({ name: 'public stylesheets', size: await total(publicCss), budget: stylesheets });
rows.push({ name: 'private stylesheets', size: largest.css, budget: stylesheets });

let failed = 0;
for (const { name, size, budget } of rows) {
  const over = size > budget;
  if (over) failed += 1;
  console.log(
    `${over ? 'over' : 'ok  '}  ${name.padEnd(30)} ${(size / kB).toFixed(1).padStart(6)} kB of ${(budget / kB).toFixed(0)} kB`,
  );
}
if (failed > 0) process.exit(1);
