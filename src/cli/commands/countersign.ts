import { type Command, Option } from 'commander';
import { fromHex } from '../../codec/hex.js';
import { formatInstant } from '../../codec/instant.js';
import { GoodOrderError } from '../../errors.js';
import { parsePassport } from '../../passport/passport.js';
import { type Tips, tipsFor } from '../../passport/tips.js';
import { ASPECTS, REGIONS, REMARKS, STANCES } from '../../record/vocabulary.js';
import { fromWritten } from '../../record/written-form.js';
import type { VerifiedRecord } from '../../verify/verified-passport.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { acknowledge } from '../acknowledge.js';
import { addHelpText, parseAt, type Session } from '../command.js';
import { readPassphrase } from '../passphrase.js';
import { pickRecord, unreadablePassport } from '../pick-record.js';
import { readInput } from '../read-input.js';
import { reportSigned } from '../report-signed.js';
import { signTo } from '../sign-into.js';
import { SigningHome } from '../signing-home.js';
import { addSigningOptions, type SigningOptions } from '../signing-options.js';

interface CountersignOptions extends SigningOptions {
  readonly stance: (typeof STANCES)[number];
  readonly remark: (typeof REMARKS)[number];
  readonly scope?: readonly string[];
  readonly text?: string;
  readonly occurredAt?: string;
  readonly acknowledge?: boolean;
  readonly at?: number;
}

export function defineCountersign(command: Command, session: Session): void {
  addSigningOptions(command)
    .argument('<passport>', 'passport that holds the record; your answer is added to it')
    .argument('<record>', 'the record you answer: its number, its id, or the start of it')
    .addOption(new Option('--stance <stance>', 'your answer').choices([...STANCES]).makeOptionMandatory())
    .addOption(new Option('--remark <remark>', 'what you noted').choices([...REMARKS]).default('none'))
    .option(
      '--scope <aspect...>',
      `what you looked at, with a region as in fracture:left; aspects: ${ASPECTS.join(', ')}`,
    )
    .option('--text <words>', 'in words')
    .option('--occurred-at <time>', 'when, with its offset (default: now, UTC)')
    .option('--acknowledge', 'where more is to be pinned than one record can, sign acknowledgements first')
    .addOption(new Option('--at <time>', 'claimed time of signing (default: now)').argParser(parseAt));
  addHelpText(
    command,
    [
      'goodorder countersign set.passport 2 --stance agree --remark clean --scope packaging-outer',
      'goodorder countersign set.passport 4e5e411b --stance refuse --text "carton was already open"',
    ],
    ['0 signed   3 refused: nothing left the key'],
  );
  command.action(async (file: string, which: string, options: CountersignOptions) => {
    const { io } = session;
    const { bytes } = await readInput(file, io);
    const iat = options.at ?? io.now();
    const answered = await answerable(bytes, file, which, iat);
    const payload = fromWritten({
      stance: options.stance,
      remark: options.remark,
      inspectedScope: (options.scope ?? []).map(readScope),
      occurredAt: options.occurredAt ?? formatInstant(iat),
      ...(options.text === undefined ? {} : { remarkText: options.text }),
    }) as Readonly<Record<string, unknown>>;
    const home = await SigningHome.open(options.home, io);
    const key = await home.openKey(options.key, await readPassphrase(options.passphraseFd, io));
    const by = { home, key, sub: answered.sub, iat };
    const tipsOf = (passport: Uint8Array): Promise<Tips> =>
      tipsFor([passport], { kid: key.kid, sub: answered.sub }, [answered.id]);
    let tips = await tipsOf(bytes);
    let acknowledged: readonly string[] = [];
    if (options.acknowledge === true && tips.beyond.length > 0) {
      acknowledged = await acknowledge(by, tips.beyond, file, io);
      tips = await tipsOf((await readInput(file, io)).bytes);
    }
    const request = {
      ...by,
      type: 'countersign' as const,
      payload: { ...payload, of: fromHex(answered.id) },
      seen: tips.seen,
    };
    const signed = await signTo(request, { into: file }, io);
    reportSigned(session, signed, tips.beyond.length, { ...options, into: file, acknowledged });
  });
}

/** Only a record whose signature verifies can be answered. */
async function answerable(
  bytes: Uint8Array,
  file: string,
  which: string,
  at: number,
): Promise<VerifiedRecord> {
  const parsed = parsePassport(bytes);
  if (!parsed.ok) throw unreadablePassport(parsed.fault, file);
  const { records } = await verifyPassport(bytes, { trust: null, at });
  const record = pickRecord(records, which);
  if (record.state !== 'invalid') return record;
  throw new GoodOrderError(
    'signer.refused',
    'the record’s signature does not hold, so there is nothing to answer',
    {
      record: record.id,
    },
  );
}

function readScope(text: string): { aspect: string; region?: string } {
  const [aspect = '', region, ...rest] = text.split(':');
  const known =
    (ASPECTS as readonly string[]).includes(aspect) &&
    (region === undefined || (REGIONS as readonly string[]).includes(region));
  if (!known || rest.length > 0) {
    throw new GoodOrderError(
      'cli.usage',
      `\`${text}\` is no scope: an aspect (${ASPECTS.join(', ')}), and after a colon a region (${REGIONS.join(', ')})`,
    );
  }
  return region === undefined ? { aspect } : { aspect, region };
}
