// Writes THIRD_PARTY_NOTICES: name, version and licence text of every package that the bundled command carries.
// `--check` compares instead of writing.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const listed = execFileSync('npm', ['ls', '--omit=dev', '--omit=optional', '--all', '--parseable'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
// cbor-x's native accelerator is optional, differs by platform and is not bundled.
const NOT_BUNDLED = /cbor-extract|node-gyp-build|detect-libc/;
const folders = [
  ...new Set(listed.split('\n').filter((line) => line.includes('node_modules') && !NOT_BUNDLED.test(line))),
].sort();
const parts = folders.map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
const notices = `The goodorder command carries these packages in its bundle.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`;
const target = join(root, 'THIRD_PARTY_NOTICES');
if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== notices) {
    console.error('THIRD_PARTY_NOTICES is out of date: run `npm run notices`');
    process.exit(1);
  }
} else {
  writeFileSync(target, notices);
}
