import type { TrustFile } from '../credential/trust-file.js';
import { GoodOrderError } from '../errors.js';
import { type Dispute, readDispute } from '../finding/dispute.js';
import type { Pack } from '../rules/pack.js';
import { packDigest } from '../rules/pack-digest.js';
import { BUILT_IN_PACKS } from '../rules/packs/index.js';
import { toPlainValue } from '../rules/positioned-value.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { verifyPassport } from '../verify/verify-passport.js';
import { readYaml } from '../yaml/read-yaml.js';
import type { Io } from './io.js';
import { unreadablePassport } from './pick-record.js';
import { expandInputs, readInput, readTextInput } from './read-input.js';
import { readPackFile } from './read-pack.js';

/** Verified passports and the file of each. */
export interface VerifiedFiles {
  readonly names: readonly string[];
  readonly passports: readonly VerifiedPassport[];
}

/** Every passport named, or below a named folder, verified. @throws GoodOrderError where one cannot be read at all */
export async function verifyFiles(
  files: readonly string[],
  options: { readonly trust: TrustFile | null; readonly at: number },
  io: Io,
): Promise<VerifiedFiles> {
  const names = await expandInputs(files, '.passport', io);
  const passports: VerifiedPassport[] = [];
  for (const name of names) {
    const passport = await verifyPassport((await readInput(name, io)).bytes, options);
    assertRead(passport, name);
    passports.push(passport);
  }
  return { names, passports };
}

/** A finding over a file of which nothing could be read would look like one over evidence that is silent. */
function assertRead({ item, diagnostics }: VerifiedPassport, file: string): void {
  const fault = diagnostics.find(({ axis }) => axis === 'integrity');
  if (item !== '' || fault === undefined) return;
  throw unreadablePassport(fault, file);
}

/** @throws GoodOrderError `yaml.*` and `dispute.*` with file, line and column */
export async function readDisputeFile(
  file: string,
  io: Io,
): Promise<{ dispute: Dispute; source: Parameters<typeof readDispute>[1] }> {
  const positions = readYaml(await readTextInput(file, io), file);
  const source = { file, positions };
  return { dispute: readDispute(toPlainValue(positions), source), source };
}

/** The packs the dispute names: its own files first, then the built-in ones; a digest, where given, must fit. */
export async function packsFor(
  dispute: Pick<Dispute, 'packs'>,
  files: readonly string[],
  io: Io,
): Promise<Pack[]> {
  const own = new Map<string, Pack>();
  for (const file of files) {
    const pack = await readPackFile(file, io);
    const builtIn = BUILT_IN_PACKS.get(pack.pack);
    if (builtIn !== undefined && packDigest(builtIn) !== packDigest(pack)) {
      throw new GoodOrderError(
        'pack.digest',
        `\`${file}\` bears the id \`${pack.pack}\` of a built-in pack and says something else`,
        { file },
      );
    }
    own.set(pack.pack, pack);
  }
  return dispute.packs.map(({ id, digest }) => {
    const pack = own.get(id) ?? BUILT_IN_PACKS.get(id);
    if (pack === undefined)
      throw new GoodOrderError(
        'dispute.unknown-pack',
        `there is no pack \`${id}\`; give its file with --pack`,
      );
    if (digest !== undefined && digest !== packDigest(pack)) {
      throw new GoodOrderError(
        'dispute.pack-digest',
        `the pack \`${id}\` here is ${packDigest(pack)}, the dispute names ${digest}`,
      );
    }
    return pack;
  });
}
