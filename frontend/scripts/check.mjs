// Runs every check of the frontend and ends with one plain line: “N passed, N failed”.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
let passed = 0;
let failed = 0;

function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

function step(name, command, ...args) {
  console.log(`\n== ${name}`);
  if (run('npx', ['--no-install', command, ...args])) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED: ${name}`);
  }
}

step('format and lint', 'biome', 'check', '.');
step('types', 'tsc', '--noEmit');
console.log('\n== API types up to date');
if (run('node', ['scripts/generate-api-types.mjs', '--check'])) passed += 1;
else failed += 1;

console.log('\n== unit tests');
const folder = mkdtempSync(join(tmpdir(), 'frontend-check-'));
try {
  const report = join(folder, 'vitest.json');
  const ok = run('npx', [
    '--no-install',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
  if (!ok && numFailedTests === 0) failed += 1;
} catch (error) {
  failed += 1;
  console.error(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

step('build', 'vite', 'build', '--logLevel', 'warn');
console.log('\n== bundle budget');
if (run('node', ['scripts/bundle-budget.mjs'])) passed += 1;
else failed += 1;

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
