import { GoodOrderError } from '../errors.js';
import type { Pack } from '../rules/pack.js';
import { BUILT_IN_PACKS } from '../rules/packs/index.js';
import type { Io } from './io.js';
import { readPackFile } from './read-pack.js';

/** Packs by the names of built-in ones or as files, and the rules of evidence that they need. */
export async function packsByName(names: readonly string[], io: Io): Promise<readonly Pack[]> {
  const packs = new Map<string, Pack>();
  for (const name of names) {
    const pack = BUILT_IN_PACKS.get(name) ?? (await readNamed(name, io));
    packs.set(pack.pack, pack);
  }
  for (const pack of [...packs.values()]) {
    for (const needed of pack.kind === 'rules' ? pack.needs : []) {
      const found = packs.get(needed) ?? BUILT_IN_PACKS.get(needed);
      if (found === undefined) {
        throw new GoodOrderError(
          'dispute.unknown-pack',
          `\`${pack.pack}\` needs the pack \`${needed}\`; give its file with --pack`,
        );
      }
      packs.set(needed, found);
    }
  }
  return [...packs.values()];
}

async function readNamed(name: string, io: Io): Promise<Pack> {
  if (!/[./\\]/.test(name)) {
    const known = [...BUILT_IN_PACKS.keys()].map((one) => `\`${one}\``).join(', ');
    throw new GoodOrderError('dispute.unknown-pack', `there is no pack \`${name}\`; built in are ${known}`);
  }
  return readPackFile(name, io);
}
