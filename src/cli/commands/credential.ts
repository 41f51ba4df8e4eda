import { type Command, Option } from 'commander';
import { shortFingerprint } from '../../capture/key-name.js';
import { fromBase64url } from '../../codec/base64url.js';
import { signCredential } from '../../credential/credential.js';
import { isCoseKeyFault, readCoseKey } from '../../crypto/cose-key.js';
import { sha256Hex } from '../../crypto/hash.js';
import { GoodOrderError } from '../../errors.js';
import { ROLES, type Role } from '../../record/vocabulary.js';
import { dayText, partyText, shortHash } from '../../report/name-text.js';
import { shellWord } from '../../report/shell-word.js';
import { styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, parseAt, parseCount, type Session } from '../command.js';
import { pathOf, writeCredentialFile } from '../credential-file.js';
import { readPassphrase } from '../passphrase.js';
import { SigningHome } from '../signing-home.js';
import {
  addHomeOption,
  addSigningOptions,
  type HomeOptions,
  type SigningOptions,
} from '../signing-options.js';
import { assertWritable, writeOutput } from '../write-output.js';
import { addCredentials, listCredentials } from './credential-add.js';

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
  addHelpText(
    command,
    [
      'goodorder credential issue --help',
      'goodorder credential add carrier-a.credential.json',
      'goodorder credential list',
    ],
    ['0 done   3 refused'],
  );
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
      'goodorder credential issue --party https://id.gs1.org/417/9521234000037 --public-key pAEB… --roles carrier --from 2026-01-01T00:00:00Z --until 2027-01-01T00:00:00Z -o carrier-a.credential.json',
    ],
    ['0 issued   3 refused'],
  );
  issue.action((options: IssueOptions) => issueCredential(options, session));

  const add = command
    .command('add')
    .description('keep a credential for a key of this signing folder; it travels with what the key signs')
    .argument('<file...>', 'what `credential issue` wrote, or bare credentials and issuers’ public keys');
  addHelpText(
    addHomeOption(add),
    ['goodorder credential add carrier-a.credential.json'],
    ['0 kept   3 refused'],
  );
  add.action((files: string[], options: HomeOptions) => addCredentials(files, options, session));

  const list = command.command('list').description('the credentials of this signing folder');
  addHelpText(
    addHomeOption(list),
    ['goodorder credential list', 'goodorder credential list --format json'],
    ['0 listed   3 refused'],
  );
  list.action((options: HomeOptions) => listCredentials(options, session));
}

async function issueCredential(options: IssueOptions, session: Session): Promise<void> {
  const { io } = session;
  const stranger = options.roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (stranger !== undefined)
    throw new GoodOrderError('cli.usage', `\`${stranger}\` is no role; known: ${ROLES.join(', ')}`);
  const about = kidOf(options.publicKey);
  await assertWritable(options.output, io);
  const home = await SigningHome.open(options.home, io);
  const { signer, coseKey } = await home.openKey(options.key, await readPassphrase(options.passphraseFd, io));
  const credential = await signCredential(signer, {
    party: options.party,
    key: about,
    roles: options.roles as readonly Role[],
    from: options.from,
    until: options.until,
    mayDelegate: options.mayDelegate,
    ...(options.subjects === undefined ? {} : { subjects: [...options.subjects].sort() }),
  });
  const above = pathOf(signer.kid, await home.evidence.bundle());
  const bundle = { credentials: [credential, ...above.credentials], keys: [coseKey, ...above.keys] };
  await writeOutput(options.output, writeCredentialFile(bundle), io);
  const sha256 = sha256Hex(credential);
  session.result(
    options,
    { schemaVersion: 1, sha256, issuer: signer.kid, key: about, written: options.output },
    [
      [
        { mark: 'passed' },
        ` ${partyText(options.party)} may sign as ${options.roles.join(', ')}, ${dayText(options.from)} to ${dayText(options.until)}`,
      ],
      [styled('faint', '    for key  '), shortFingerprint(about)],
      [styled('faint', '    sha256   '), shortHash(sha256)],
      [styled('faint', '    written  '), visibleText(options.output)],
    ],
  );
  const add = `goodorder credential add ${shellWord(options.output)}`;
  session.talk([[], [`Next: the holder of the key runs \`${add}\``]], options);
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
