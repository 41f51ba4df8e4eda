import { type Command, Option } from 'commander';
import { fromHex } from '../../codec/hex.js';
import { formatInstant } from '../../codec/instant.js';
import { GoodOrderError } from '../../errors.js';
import { assessPassport } from '../../passport/assess.js';
import { parsePassport } from '../../passport/passport.js';
import { tipsFor } from '../../passport/tips.js';
import { ASPECTS, REGIONS, REMARKS, STANCES } from '../../record/vocabulary.js';
import { fromWritten } from '../../record/written-form.js';
import { addHelpText, parseAt, type Session } from '../command.js';
import { readPassphrase } from '../passphrase.js';
import { readInput } from '../read-input.js';
import { companions, mergeInto, signWithKey } from '../sign-into.js';
import { SigningHome } from '../signing-home.js';
import { addSigningOptions, type SigningOptions } from '../signing-options.js';
import { writeOutput } from '../write-output.js';
import { report } from './sign.js';

interface CountersignOptions extends SigningOptions {
  readonly stance: (typeof STANCES)[number];
  readonly remark: (typeof REMARKS)[number];
  readonly scope?: readonly string[];
  readonly text?: string;
  readonly occurredAt?: string;
  readonly at?: number;
}

export function defineCountersign(command: Command, session: Session): void {
  addSigningOptions(command)
    .argument('<passport>', 'passport that holds the record; your answer is added to it')
    .argument('<record>', 'the record you answer: its id, or the start of it')
    .addOption(new Option('--stance <stance>', 'your answer').choices([...STANCES]).makeOptionMandatory())
    .addOption(new Option('--remark <remark>', 'what you noted').choices([...REMARKS]).default('none'))
    .option(
      '--scope <aspect[:region]...>',
      `what you looked at, as fracture:left; aspects: ${ASPECTS.join(', ')}`,
    )
    .option('--text <words>', 'in words')
    .option('--occurred-at <time>', 'when, with its offset (default: now, UTC)')
    .addOption(new Option('--at <time>', 'claimed time of signing (default: now)').argParser(parseAt));
  addHelpText(
    command,
    [
      'goodorder countersign set.passport 4e5e411b --stance agree --remark clean --scope packaging-outer',
      'goodorder countersign set.passport 4e5e411b --stance refuse --text "carton was already open"',
    ],
    ['0 signed   3 refused: nothing left the key'],
  );
  command.action(async (file: string, record: string, options: CountersignOptions) => {
    const { io } = session;
    const { bytes } = await readInput(file, io);
    const answered = await findRecord(bytes, record);
    const home = await SigningHome.open(options.home, io);
    const key = await home.openKey(options.key, await readPassphrase(options.passphraseFd, io));
    const iat = options.at ?? io.now();
    const tips = await tipsFor([bytes], { kid: key.kid, sub: answered.sub }, [answered.id]);
    const payload = fromWritten({
      stance: options.stance,
      remark: options.remark,
      inspectedScope: (options.scope ?? []).map(readScope),
      occurredAt: options.occurredAt ?? formatInstant(iat),
      ...(options.text === undefined ? {} : { remarkText: options.text }),
    }) as Readonly<Record<string, unknown>>;
    const made = await signWithKey(
      {
        home,
        key,
        type: 'countersign',
        sub: answered.sub,
        payload: { ...payload, of: fromHex(answered.id) },
        seen: tips.seen,
        iat,
      },
      io,
      async (signed) => {
        const merged = await mergeInto(bytes, signed, await companions(home, key, signed));
        await writeOutput(file, merged.bytes, io, { overwrite: true });
      },
    );
    report(session, made, tips.beyond.length, { ...options, into: file });
  });
}

/** Only a record whose signature verifies can be answered. */
async function findRecord(
  bytes: Uint8Array,
  start: string,
): Promise<{ readonly id: string; readonly sub: string }> {
  if (!/^[0-9a-f]{4,64}$/.test(start)) {
    throw new GoodOrderError(
      'cli.usage',
      `\`${start}\` is no record id: give it, or at least its first four hex digits`,
    );
  }
  const parsed = parsePassport(bytes);
  if (!parsed.ok) throw new GoodOrderError(parsed.fault.code, 'not a passport that can be read');
  const { passport, signatures } = await assessPassport(parsed.passport);
  const found = passport.records.filter(
    ({ head }) => head.id.startsWith(start) && signatures.records.get(head.id) === 'verified',
  );
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    throw new GoodOrderError(
      'cli.not-found',
      found.length === 0
        ? `no record that verifies begins with \`${start}\``
        : `${found.length} records begin with \`${start}\``,
    );
  }
  return only.head;
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
