import { type Command, Option } from 'commander';
import { fromBase64url } from '../../codec/base64url.js';
import { fromHex, toHex } from '../../codec/hex.js';
import { formatInstant, parseInstant } from '../../codec/instant.js';
import { isCoseKeyFault, readCoseKey } from '../../crypto/cose-key.js';
import { GoodOrderError } from '../../errors.js';
import { tipsFor } from '../../passport/tips.js';
import type { KeyEvent } from '../../record/types/key-event.js';
import { keyUri } from '../../subject/subject.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { addHelpText, parseAt, type Session } from '../command.js';
import { readPassphrase } from '../passphrase.js';
import { pickRecord } from '../pick-record.js';
import { inFile, readInput } from '../read-input.js';
import { reportSigned } from '../report-signed.js';
import { passportIfThere, signTo } from '../sign-into.js';
import { SigningHome } from '../signing-home.js';
import { addHomeOption, addPassphraseOption, type HomeOptions } from '../signing-options.js';

interface EventOptions extends HomeOptions {
  readonly by?: string;
  readonly reason?: string;
  readonly into?: string;
  readonly output?: string;
  readonly at?: number;
  readonly passphraseFd?: number;
}

interface RotateOptions extends EventOptions {
  readonly next: string;
}

interface RevokeOptions extends EventOptions {
  readonly suspectFrom: number;
  readonly lastGood?: string;
}

const EXITS = ['0 signed   3 refused: nothing left the key'];
const WHICH = 'name of a key of this folder, a kid, or a public key as `goodorder key show` prints it';

export function defineRotate(command: Command, session: Session): void {
  addEventOptions(
    command
      .description('say which key follows this one, while this one can still sign')
      .argument('<key>', 'name of the key that is replaced')
      .requiredOption('--next <key>', `the key that follows: ${WHICH}`),
  );
  addHelpText(
    command,
    [
      'goodorder key rotate bench --next bench-2 --into set.passport',
      'goodorder key rotate bench --next bench-2',
    ],
    EXITS,
  );
  command.action(async (name: string, options: RotateOptions) => {
    const home = await SigningHome.open(options.home, session.io);
    const { kid } = await home.publicKey(name);
    const next = await kidOf(options.next, home);
    if (next === kid) throw new GoodOrderError('cli.usage', 'a key does not follow itself');
    await signEvent(
      home,
      { action: 'rotate', key: fromHex(kid), nextKey: fromHex(next) },
      name,
      options,
      session,
    );
  });
}

export function defineRevoke(command: Command, session: Session): void {
  addEventOptions(
    command
      .description('say that a key is no longer to be believed, and since when')
      .argument('<key>', `the key: ${WHICH}`)
      .addOption(
        new Option('--suspect-from <time>', 'since when it may have been in other hands')
          .argParser(parseAt)
          .makeOptionMandatory(),
      )
      .option('--last-good <record>', 'the last record that is its holder’s own: id, or of --into its number')
      .option('--by <name>', 'key of this folder to sign with (default: the key itself, or the only one)'),
  );
  addHelpText(
    command,
    [
      'goodorder key revoke bench --suspect-from 2026-09-01T00:00:00Z --last-good 4e5e411b --into set.passport',
      'goodorder key revoke 1fdb693f…598bf2b3 --by chamber --suspect-from 2026-09-01T00:00:00Z -o revoked.record',
    ],
    EXITS,
  );
  command.action(async (which: string, options: RevokeOptions) => {
    const { io } = session;
    const home = await SigningHome.open(options.home, io);
    const kid = await kidOf(which, home);
    const own = (await home.keys()).find((key) => key.kid === kid);
    const lastGood =
      options.lastGood === undefined ? undefined : await idOf(options.lastGood, options.into, session);
    const payload = {
      action: 'revoke' as const,
      key: fromHex(kid),
      suspectFrom: parseInstant(formatInstant(options.suspectFrom)),
      ...(lastGood === undefined ? {} : { lastGood: fromHex(lastGood) }),
    };
    await signEvent(home, payload, options.by ?? own?.name, options, session);
  });
}

function addEventOptions(command: Command): Command {
  addHomeOption(command)
    .option('--reason <words>', 'why, in words')
    .option('--into <passport>', 'a passport that holds records of the key: the event is added to it')
    .option('-o, --output <file>', 'write the record alone to this file (.record)')
    .addOption(new Option('--at <time>', 'claimed time of signing (default: now)').argParser(parseAt));
  return addPassphraseOption(command);
}

/** The event is kept in the signing folder, and from then on travels with everything that is signed or exported here. */
async function signEvent(
  home: SigningHome,
  payload: KeyEvent,
  by: string | undefined,
  options: EventOptions,
  session: Session,
): Promise<void> {
  const { io } = session;
  const key = await home.openKey(by, await readPassphrase(options.passphraseFd, io));
  const { into, output } = options;
  const sub = keyUri(toHex(payload.key));
  const before = into === undefined ? null : await passportIfThere(into, io);
  const tips = before === null ? null : await inFile(into, () => tipsFor([before], { kid: key.kid, sub }));
  const request = {
    home,
    key,
    type: 'key-event' as const,
    sub,
    payload: { ...payload, ...(options.reason === undefined ? {} : { reason: options.reason }) },
    seen: tips?.seen ?? [],
    iat: options.at ?? io.now(),
  };
  const signed = await signTo(
    request,
    {
      ...(into === undefined ? {} : { into }),
      ...(output === undefined ? {} : { output }),
      keep: ({ id, record }) => home.evidence.keepKeyEvent(id, record),
    },
    io,
  );
  reportSigned(session, signed, tips?.beyond.length ?? 0, { ...options, kept: true });
  session.talk(
    [
      [],
      [
        payload.action === 'revoke'
          ? 'Next: hand it to everybody who holds passports with records of this key; they merge it in'
          : 'Next: have the authority issue a credential for the next key, then sign with --key',
      ],
    ],
    options,
  );
}

async function kidOf(which: string, home: SigningHome): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(which)) return which;
  const named = (await home.keys()).find(({ name }) => name === which);
  if (named !== undefined) return named.kid;
  try {
    const key = readCoseKey(fromBase64url(which));
    if (!isCoseKeyFault(key)) return key.kid;
  } catch {
    // Told below.
  }
  throw new GoodOrderError('cli.not-found', `\`${which}\` is no ${WHICH}`);
}

/** A record of the passport that is at hand, or a whole id. */
async function idOf(which: string, into: string | undefined, { io }: Session): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(which)) return which;
  if (into === undefined) {
    const message = 'give the whole id of the last good record, or the passport that holds it with --into';
    throw new GoodOrderError('cli.usage', message);
  }
  const { bytes } = await readInput(into, io);
  const { records } = await verifyPassport(bytes, { trust: null, at: io.now() });
  return pickRecord(records, which).id;
}
