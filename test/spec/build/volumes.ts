import { GoodOrderError } from '../../../src/errors.js';
import { uniteVolumes } from '../../../src/passport/unite-volumes.js';
import { ITEM, OTHER_ITEM, rawPassport, Story } from '../../verify/story.js';
import { base64, type VectorCase, type VectorFile } from '../vector-file.js';
import { twoVolumes } from './further-passports.js';

function united(volumes: readonly Uint8Array[]): Omit<VectorCase, 'name'> {
  try {
    const result = uniteVolumes(volumes);
    return result.ok
      ? { ok: true, united: base64(result.bytes) }
      : { ok: false, irregular: result.irregular };
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    return { ok: false, code: error.code };
  }
}

/** Volumes and what they are together; of the union, `passports-further` tells what verification says. */
export async function volumesFile(): Promise<VectorFile> {
  const { volumes } = await twoVolumes();
  const [first, second] = volumes as [Uint8Array, Uint8Array];
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  await story.say(seller, 'one');
  await story.say(seller, 'two');
  const records = [...story.records].sort(Buffer.compare);
  const disordered = rawPassport(ITEM, new Map([[1, records.reverse()]]));
  const given: readonly (readonly [string, readonly Uint8Array[]])[] = [
    ['two volumes', [first, second]],
    ['the other way round', [second, first]],
    ['one twice', [first, second, first]],
    ['one alone', [second]],
    ['the second without keys and credentials', [first, story.file({ keys: [], credentials: [] })]],
    ['records out of order in the second', [first, disordered]],
    ['the second is cut short', [first, second.subarray(0, second.length - 1)]],
    ['the first is no passport', [Uint8Array.of(1, 2, 3), second]],
    ['about two items', [first, story.file({ item: OTHER_ITEM })]],
  ];
  return {
    name: 'volumes',
    about:
      'Volumes in base64 and their union: one file of all their elements, nothing left out (manifests.md, Volumes). irregular: the first volume that breaks a rule of the container by itself.',
    cases: given.map(([name, files]) => ({ name, volumes: files.map(base64), ...united(files) })),
  };
}
