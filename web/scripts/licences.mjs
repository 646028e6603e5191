// Writes public/licences.txt: what is bundled into the front end, with its licences in full.
// `npm run build` runs it, so that the texts go wherever the built files go.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
// Svelte and its runtime are compiled into the files, too; world-atlas is the data of the map.
const BUNDLED_FROM_DEV = [
  'node_modules/svelte',
  'node_modules/esm-env',
  'node_modules/clsx',
  'node_modules/world-atlas',
];

const parts = ['What is bundled into the workbench of Témoin, with its licences.\n'];
for (const [path, entry] of Object.entries(lock.packages).sort()) {
  if (!path || (entry.dev && !BUNDLED_FROM_DEV.includes(path))) continue;
  // npm lists optional peers that it does not install: what is not there is not bundled.
  if (!existsSync(path)) continue;
  const file = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(join(path, file), 'utf8').trim() : `Licence: ${entry.license}`;
  const name = path.replace('node_modules/', '');
  parts.push(`${'='.repeat(78)}\n${name} ${entry.version} (${entry.license})\n\n${text}\n`);
}
writeFileSync('public/licences.txt', parts.join('\n'));
console.log(`public/licences.txt: ${parts.length - 1} packages`);
