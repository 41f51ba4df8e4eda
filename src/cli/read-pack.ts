import { loadPack } from '../rules/load-pack.js';
import type { Pack } from '../rules/pack.js';
import { BUILT_IN_PACKS } from '../rules/packs/index.js';
import { entryOf, type PositionedValue } from '../rules/positioned-value.js';
import { readYaml } from '../yaml/read-yaml.js';
import type { Io } from './io.js';
import { readTextInput } from './read-input.js';

/** @throws GoodOrderError `yaml.*` and `pack.*` with file, line and column */
export async function readPackFile(file: string, io: Io): Promise<Pack> {
  const source = readYaml(await readTextInput(file, io), file);
  return loadPack(source, { file, known: packsBeside(source) });
}

/** The built-in packs that a pack may refer to; another version of itself is none of them. */
export function packsBeside(source: PositionedValue): Pack[] {
  const own = source.kind === 'map' ? entryOf(source, 'pack') : undefined;
  const id = own?.kind === 'scalar' ? own.value : null;
  return [...BUILT_IN_PACKS.values()].filter(({ pack }) => pack !== id);
}
