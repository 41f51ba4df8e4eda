import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { testKeyName } from '../../capture/test-key.js';
import { fromBase64url, toBase64url } from '../../codec/base64url.js';
import { formatInstant } from '../../codec/instant.js';
import { isStale, readTrustFile, type TrustFile } from '../../credential/trust-file.js';
import { isCoseKeyFault, readCoseKey } from '../../crypto/cose-key.js';
import { GoodOrderError } from '../../errors.js';
import { dayText, partyText, shortHash } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type GlobalOptions, parseAt, parseCount, type Session } from '../command.js';
import { EXIT } from '../exit-code.js';
import { readTextInput } from '../read-input.js';
import { readTrust } from '../read-trust.js';
import { writeOutput } from '../write-output.js';
import { defineSuggest } from './trust-suggest.js';

interface AddOptions extends GlobalOptions {
  readonly party: string;
  readonly publicKey: string;
  readonly roles: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly subjects?: readonly string[];
  readonly mayDelegate: number;
  readonly name?: string;
  readonly nextUpdate?: number;
}

export function defineTrust(command: Command, session: Session): void {
  addHelpText(
    command,
    ['goodorder trust list court.trust.json', 'goodorder trust check court.trust.json'],
    ['0 done   3 refused   11 overdue'],
  );
  const list = command
    .command('list')
    .description('whom a trust file believes')
    .argument('<file>', 'trust file');
  addHelpText(list, ['goodorder trust list court.trust.json'], ['0 listed   3 refused']);
  list.action(async (file: string, options: GlobalOptions) => {
    const trust = await readTrust(file, session.io);
    session.result(options, trustJson(trust), trustLines(trust));
  });

  const check = command
    .command('check')
    .description('is a trust file well-formed, and not overdue')
    .argument('<file>', 'trust file')
    .addOption(new Option('--at <time>', 'as of this time (default: now)').argParser(parseAt));
  addHelpText(check, ['goodorder trust check court.trust.json'], ['0 good   11 overdue   3 refused']);
  check.action(async (file: string, options: GlobalOptions & { readonly at?: number }) => {
    const trust = await readTrust(file, session.io);
    const stale = isStale(trust, options.at ?? session.io.now());
    if (stale) session.exit = EXIT.undecided;
    session.result(options, { ...trustJson(trust), stale }, [
      [
        { mark: stale ? 'limited' : 'passed' },
        stale
          ? ` well-formed, but its next update was due ${dayText(trust.nextUpdate)}  `
          : ' well-formed and current',
        stale ? styled('caution', 'trust.stale') : '',
      ],
      [styled('faint', '    sha256  '), trust.digest],
    ]);
  });

  defineSuggest(command.command('suggest'), session);

  const add = command
    .command('add')
    .description('add an authority to a trust file, or begin one')
    .argument('<file>', 'trust file')
    .requiredOption('--party <uri>', 'the authority')
    .requiredOption(
      '--public-key <base64url>',
      'its key, as `goodorder key show` prints it: compare it over a second channel first',
    )
    .requiredOption('--roles <role...>', 'roles it may hold and give')
    .addOption(new Option('--from <time>', 'valid from').argParser(parseAt).makeOptionMandatory())
    .addOption(new Option('--until <time>', 'valid until').argParser(parseAt).makeOptionMandatory())
    .option('--subjects <prefix...>', 'limit commissions and authentications to subjects that begin so')
    .addOption(
      new Option('--may-delegate <n>', '0 to 3; 0 issues no credentials').argParser(parseCount).default(1),
    )
    .option('--name <name>', 'name of a new trust file (default: as the file is called)')
    .addOption(
      new Option('--next-update <time>', 'when the file must be renewed (default: in 90 days)').argParser(
        parseAt,
      ),
    );
  addHelpText(
    add,
    [
      'goodorder trust add court.trust.json --party https://id.gs1.org/417/9521234000006 --public-key pAEB… --roles seller carrier --from 2026-01-01T00:00:00Z --until 2027-01-01T00:00:00Z',
    ],
    ['0 added   3 refused; the file is then as it was'],
  );
  add.action(async (file: string, options: AddOptions) => addAuthority(file, options, session));
}

async function addAuthority(file: string, options: AddOptions, session: Session): Promise<void> {
  const { io } = session;
  refuseTestKey(options.publicKey);
  const now = io.now();
  const before = await readTextInput(file, io).catch((error: unknown) => {
    if (error instanceof GoodOrderError && (error.cause as { code?: string } | undefined)?.code === 'ENOENT')
      return null;
    throw error;
  });
  if (before !== null) readTrustFile(before, file);
  const nextUpdate = formatInstant(options.nextUpdate ?? now + 90 * 86_400);
  const old =
    before === null
      ? { format: 1, name: options.name ?? nameOf(file), sequence: 0, authorities: [] }
      : (JSON.parse(before) as Record<string, unknown>);
  const trust = {
    ...old,
    sequence: Number(old.sequence) + 1,
    issued: formatInstant(now),
    nextUpdate: options.nextUpdate === undefined && 'nextUpdate' in old ? old.nextUpdate : nextUpdate,
    authorities: [
      ...(old.authorities as unknown[]),
      {
        party: options.party,
        key: options.publicKey,
        roles: [...options.roles].sort(),
        ...(options.subjects === undefined ? {} : { subjects: [...options.subjects].sort() }),
        mayDelegate: options.mayDelegate,
        from: formatInstant(options.from),
        until: formatInstant(options.until),
      },
    ],
  };
  const text = `${JSON.stringify(trust, null, 2)}\n`;
  // What is written is what `verify` would accept, or it is not written.
  const read = readTrustFile(text, file);
  await writeOutput(file, text, io, { overwrite: true });
  session.result(options, trustJson(read), [
    [{ mark: 'passed' }, ` added ${partyText(options.party)}; the file is now sequence ${read.sequence}`],
    ...trustLines(read),
  ]);
}

/** `court` for `lists/court.trust.json`: reports say of a signer that it is known `in court`. */
function nameOf(file: string): string {
  return basename(file).replace(/(?:[._-]?trust)?\.[a-z]+$/i, '') || 'trust';
}

function refuseTestKey(publicKey: string): void {
  let kid: string | null = null;
  try {
    const key = readCoseKey(fromBase64url(publicKey));
    if (!isCoseKeyFault(key)) kid = key.kid;
  } catch {
    // Told below.
  }
  if (kid === null)
    throw new GoodOrderError(
      'key.malformed',
      `\`${publicKey}\` is no public key as \`goodorder key show\` prints it`,
    );
  const name = testKeyName(kid);
  if (name !== null) {
    throw new GoodOrderError(
      'key.test-only',
      `this is the published test key \`${name}\`: anybody can sign with it`,
    );
  }
}

function trustJson(trust: TrustFile): Record<string, unknown> {
  return {
    schemaVersion: 1,
    name: trust.name,
    sequence: trust.sequence,
    issued: formatInstant(trust.issued),
    nextUpdate: formatInstant(trust.nextUpdate),
    sha256: trust.digest,
    authorities: trust.authorities.map((authority) => ({
      party: authority.party,
      kid: authority.key.kid,
      key: toBase64url(authority.key.bytes),
      roles: authority.roles,
      mayDelegate: authority.mayDelegate,
      from: formatInstant(authority.from),
      until: formatInstant(authority.until),
    })),
    logs: trust.logs.logs.map((log) => log.name),
    revoked: trust.revoked.size,
  };
}

function trustLines(trust: TrustFile): StyledLine[] {
  return [
    [
      styled('strong', visibleText(trust.name)),
      `  sequence ${trust.sequence}, next update ${dayText(trust.nextUpdate)}`,
    ],
    ...trust.authorities.flatMap((authority): StyledLine[] => [
      [`  ${partyText(authority.party)}`, styled('faint', `  key ${shortHash(authority.key.kid)}`)],
      [
        `    ${authority.roles.join(', ')}; ${dayText(authority.from)} to ${dayText(authority.until)}; may delegate ${authority.mayDelegate}`,
      ],
    ]),
    ...trust.logs.logs.map(
      (log): StyledLine => [`  log ${visibleText(log.name)}, ${trust.logs.witnesses.length} witnesses`],
    ),
    ...(trust.revoked.size > 0 ? [[`  ${trust.revoked.size} keys revoked`]] : []),
  ];
}
