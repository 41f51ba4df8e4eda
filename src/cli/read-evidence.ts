import { GoodOrderError } from '../errors.js';
import { MEMBER } from '../passport/element.js';
import type { EvidenceInput } from '../passport/evidence-set.js';
import { readEvidence } from '../passport/loose-evidence.js';
import { readCredentialFile } from './credential-file.js';
import type { Io } from './io.js';
import { expandInputs, inFile, readInput } from './read-input.js';

export interface EvidenceFiles {
  /** The file of each input. */
  readonly names: readonly string[];
  readonly inputs: readonly EvidenceInput[];
  /** What the passports among them are about; null where none is a passport. */
  readonly item: string | null;
}

/**
 * Passports and loose evidence named on the command line; of a folder the passports below it. Errors name the file:
 * one that cannot be read, is no evidence (`file.unreadable`), or is about another item (`merge.item`).
 */
export async function readEvidenceFiles(given: readonly string[], io: Io): Promise<EvidenceFiles> {
  const names: string[] = [];
  const inputs: EvidenceInput[] = [];
  let first: { readonly item: string; readonly name: string } | null = null;
  for (const name of await expandInputs(given, '.passport', io)) {
    const { bytes } = await readInput(name, io);
    if (bytes[0] === JSON_BRACE) {
      const bundle = bundleOf(bytes, name);
      names.push(...bundle.map(() => name));
      inputs.push(...bundle);
      continue;
    }
    const evidence = await inFile(name, async () => readEvidence(bytes));
    if (evidence.kind === 'passport') {
      const { item } = evidence.file;
      first ??= { item, name };
      if (item !== first.item) {
        throw new GoodOrderError(
          'merge.item',
          `two items: \`${name}\` is about \`${item}\`, \`${first.name}\` about \`${first.item}\``,
          { file: name },
        );
      }
    }
    names.push(name);
    inputs.push(bytes);
  }
  return { names, inputs, item: first?.item ?? null };
}

const JSON_BRACE = 0x7b;

/** What `credential issue` writes: credentials and the keys of their issuers in one JSON text. */
function bundleOf(bytes: Uint8Array, name: string): EvidenceInput[] {
  const { credentials, keys } = readCredentialFile(bytes, name);
  return [
    ...credentials.map((one) => ({ member: MEMBER.credentials, bytes: one })),
    ...keys.map((one) => ({ member: MEMBER.keys, bytes: one })),
  ];
}
