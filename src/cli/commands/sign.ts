import { type Command, Option } from 'commander';
import type { Diagnostic } from '../../diagnostic.js';
import { GoodOrderError } from '../../errors.js';
import { type Tips, tipsFor } from '../../passport/tips.js';
import type { Fields } from '../../record/record-type.js';
import { RECORD_TYPES } from '../../record/types/index.js';
import { acknowledge } from '../acknowledge.js';
import { addHelpText, parseAt, type Session } from '../command.js';
import { type Draft, readDraft } from '../draft.js';
import { faultSentence } from '../draft-hints.js';
import type { Io } from '../io.js';
import { readPassphrase } from '../passphrase.js';
import { inFile, readTextInput } from '../read-input.js';
import { reportSigned } from '../report-signed.js';
import { passportIfThere, signTo } from '../sign-into.js';
import { SigningHome } from '../signing-home.js';
import { addSigningOptions, type SigningOptions } from '../signing-options.js';

interface SignOptions extends SigningOptions {
  readonly into?: string;
  readonly output?: string;
  readonly acknowledge?: boolean;
  readonly at?: number;
}

export function defineSign(command: Command, session: Session): void {
  addSigningOptions(command)
    .argument('<draft>', 'draft as `goodorder record` writes it; - for standard input')
    .option('--into <passport>', 'passport you hold: what it holds is pinned, and the record is added to it')
    .option('-o, --output <file>', 'write the record alone to this file (.record), its openings beside it')
    .option('--acknowledge', 'where more is to be pinned than one record can, sign acknowledgements first')
    .addOption(new Option('--at <time>', 'claimed time of signing (default: now)').argParser(parseAt));
  addHelpText(
    command,
    [
      'goodorder sign pickup.draft.yaml --into set.passport',
      'goodorder sign pickup.draft.yaml -o pickup.record --key bench',
    ],
    ['0 signed   3 refused: nothing left the key'],
  );
  command.action(async (file: string, options: SignOptions) => {
    if (options.into === undefined && options.output === undefined) {
      throw new GoodOrderError(
        'cli.usage',
        'say where the record goes: --into item.passport, or -o file.record',
      );
    }
    const { io } = session;
    const draft = readDraft(await readTextInput(file, io), file);
    const home = await SigningHome.open(options.home, io);
    const key = await home.openKey(options.key, await readPassphrase(options.passphraseFd, io));
    const by = { home, key, sub: draft.sub, iat: options.at ?? io.now() };
    let tips = await pinned(draft, key.kid, options.into, io);
    let acknowledged: readonly string[] = [];
    if (options.acknowledge === true && options.into !== undefined && tips.beyond.length > 0) {
      acknowledged = await acknowledge(by, tips.beyond, options.into, io);
      tips = await pinned(draft, key.kid, options.into, io);
    }
    const request = { ...by, type: draft.type, payload: draft.payload, seen: tips.seen };
    const signed = await signTo(request, options, io).catch((error: unknown) => {
      throw placed(error, draft);
    });
    reportSigned(session, signed, tips.beyond.length, { ...options, acknowledged });
  });
}

/** What the new record pins: all it refers to, and the newest records of the passport at hand. */
async function pinned(draft: Draft, kid: string, into: string | undefined, io: Io): Promise<Tips> {
  const required = [...draft.seen, ...referencedIds(draft)];
  const before = into === undefined ? null : await passportIfThere(into, io);
  if (before === null) return { seen: [...new Set(required)].sort(), beyond: [] };
  return inFile(into, () => tipsFor([before], { kid, sub: draft.sub }, required));
}

/** Every fault of the payload is shown where it stands in the draft. */
function placed(error: unknown, draft: Draft): unknown {
  if (!(error instanceof GoodOrderError) || error.code !== 'signer.refused') return error;
  const diagnostics = Array.isArray(error.cause) ? (error.cause as readonly Diagnostic[]) : [];
  const problems = diagnostics.map(({ code, path }) => {
    const place = path === undefined ? {} : { ...draft.place(path), path };
    return new GoodOrderError(code, faultSentence(draft.type, code, path), place);
  });
  if (problems.length > 0)
    return new GoodOrderError(error.code, 'the record would be faulty, and nothing was signed', {}, problems);
  const { path } = error.place;
  return path === undefined
    ? error
    : new GoodOrderError(error.code, error.message, { ...draft.place(path), path }, error);
}

function referencedIds(draft: Draft): string[] {
  const definition = RECORD_TYPES.get(draft.type);
  try {
    return (definition?.references(draft.payload as Fields) ?? []).map(({ id }) => id);
  } catch {
    // A payload that is not of its type is refused with its place when it is signed.
    return [];
  }
}
