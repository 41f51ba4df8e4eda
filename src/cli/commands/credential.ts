import { type Command, Option } from 'commander';
import { fromBase64url } from '../../codec/base64url.js';
import { signCredential } from '../../credential/credential.js';
import { isCoseKeyFault, readCoseKey } from '../../crypto/cose-key.js';
import { sha256Hex } from '../../crypto/hash.js';
import { GoodOrderError } from '../../errors.js';
import { ROLES, type Role } from '../../record/vocabulary.js';
import { dayText, partyText, shortHash } from '../../report/name-text.js';
import { styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, parseAt, parseCount, type Session } from '../command.js';
import { readPassphrase } from '../passphrase.js';
import { SigningHome } from '../signing-home.js';
import { addSigningOptions, type SigningOptions } from '../signing-options.js';
import { writeOutput } from '../write-output.js';

interface IssueOptions extends SigningOptions {
  readonly party: string;
  readonly publicKey: string;
  readonly roles: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly subjects?: readonly string[];
  readonly mayDelegate: number;
  readonly output: string;
}

export function defineCredential(command: Command, session: Session): void {
  addHelpText(command, ['goodorder credential issue --help'], ['0 done   3 refused']);
  const issue = command
    .command('issue')
    .description('sign a credential: this key signs for this party, in these roles, in this time');
  addSigningOptions(issue)
    .requiredOption('--party <uri>', 'whom the key signs for')
    .requiredOption('--public-key <base64url>', 'the key, as `goodorder key show` prints it')
    .requiredOption('--roles <role...>', `roles: ${ROLES.join(', ')}`)
    .addOption(new Option('--from <time>', 'valid from').argParser(parseAt).makeOptionMandatory())
    .addOption(new Option('--until <time>', 'valid until').argParser(parseAt).makeOptionMandatory())
    .option('--subjects <prefix...>', 'limit commissions and authentications to subjects that begin so')
    .addOption(
      new Option('--may-delegate <n>', 'how many credentials may follow below this one')
        .argParser(parseCount)
        .default(0),
    )
    .requiredOption('-o, --output <file>', 'the credential');
  addHelpText(
    issue,
    [
      'goodorder credential issue --party https://id.gs1.org/417/9521234000037 --public-key pAEB… --roles carrier --from 2026-01-01T00:00:00Z --until 2027-01-01T00:00:00Z -o carrier-a.credential',
    ],
    ['0 issued   3 refused'],
  );
  issue.action(async (options: IssueOptions) => {
    const { io } = session;
    const stranger = options.roles.find((role) => !(ROLES as readonly string[]).includes(role));
    if (stranger !== undefined)
      throw new GoodOrderError('cli.usage', `\`${stranger}\` is no role; known: ${ROLES.join(', ')}`);
    const home = await SigningHome.open(options.home, io);
    const { signer } = await home.openKey(options.key, await readPassphrase(options.passphraseFd, io));
    const bytes = await signCredential(signer, {
      party: options.party,
      key: kidOf(options.publicKey),
      roles: options.roles as readonly Role[],
      from: options.from,
      until: options.until,
      mayDelegate: options.mayDelegate,
      ...(options.subjects === undefined ? {} : { subjects: [...options.subjects].sort() }),
    });
    await writeOutput(options.output, bytes, io);
    session.result(
      options,
      { schemaVersion: 1, sha256: sha256Hex(bytes), issuer: signer.kid, written: options.output },
      [
        [
          { mark: 'passed' },
          ` ${partyText(options.party)} may sign as ${options.roles.join(', ')}, ${dayText(options.from)} to ${dayText(options.until)}`,
        ],
        [styled('faint', '    sha256   '), shortHash(sha256Hex(bytes))],
        [styled('faint', '    written  '), visibleText(options.output)],
      ],
    );
    session.talk(
      [
        [],
        [
          'Next: put it, and your public key, into the holder’s .goodorder/credentials folder; it travels with what they sign',
        ],
      ],
      options,
    );
  });
}

function kidOf(text: string): string {
  try {
    const key = readCoseKey(fromBase64url(text));
    if (!isCoseKeyFault(key)) return key.kid;
  } catch {
    // Told below.
  }
  throw new GoodOrderError(
    'key.malformed',
    `\`${text}\` is no public key as \`goodorder key show\` prints it`,
  );
}
