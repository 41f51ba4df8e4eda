/** Everything honest and dishonest that is at hand: {name, passport, trust (text or null), at, …}. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { decode, get } from './cbor.mjs';
import { join } from './file.mjs';
import { KEYS } from './keys.mjs';

const AT = 1790472000;

function vectors(root) {
  const folder = path(root, 'docs/spec/vectors');
  const jobs = [];
  for (const file of readdirSync(folder).sort()) {
    if (!/^passports-.*\.json$/.test(file)) continue;
    for (const one of JSON.parse(readFileSync(path(folder, file), 'utf8')).cases) {
      jobs.push({
        name: `${file}: ${one.name}`,
        passport: new Uint8Array(Buffer.from(one.passport, 'base64')),
        trust: one.trust,
        at: one.at,
        ...(one.trustMinSequence === undefined ? {} : { trustMinSequence: one.trustMinSequence }),
        ...(one.limit === undefined ? {} : { limit: one.limit }),
      });
    }
  }
  return jobs;
}

/** Each record of the fixtures in a passport of its own, with every test key, so that it verifies. */
function records(root, trust) {
  const jobs = [];
  const folder = path(root, 'fixtures/records');
  for (const type of readdirSync(folder).sort()) {
    for (const kind of ['valid', 'invalid']) {
      const inner = path(folder, type, kind);
      if (!existsSync(inner)) continue;
      for (const file of readdirSync(inner).sort()) {
        if (!file.endsWith('.cbor')) continue;
        const bytes = new Uint8Array(readFileSync(path(inner, file)));
        const header = decode(decode(bytes.subarray(1))[0]);
        const item = get(get(header, 15n), 2n);
        const keys = KEYS.filter((key) => ['authority', 'seller'].includes(key.name)).map(
          (key) => key.element,
        );
        jobs.push({
          name: `fixtures/records/${type}/${kind}/${file}`,
          passport: join({
            item,
            members: new Map([
              [1, [bytes]],
              [2, keys],
            ]),
          }),
          trust,
          at: AT,
        });
      }
    }
  }
  return jobs;
}

function folderOf(folder) {
  const trustFile = path(folder, 'demo.trust.json');
  const trust = existsSync(trustFile) ? readFileSync(trustFile, 'utf8') : null;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.passport'))
    .sort()
    .flatMap((file) => {
      const passport = new Uint8Array(readFileSync(path(folder, file)));
      return [
        { name: file, passport, trust, at: 1788998400 },
        { name: `${file} without a trust file`, passport, trust: null, at: 1788998400 },
      ];
    });
}

export function corpus(root, folders) {
  const jobs = vectors(root);
  const trust = jobs.find((job) => job.name.includes('an honest passport')).trust;
  return [...jobs, ...records(root, trust), ...folders.flatMap(folderOf)];
}
