import { shortFingerprint } from '../../capture/key-name.js';
import { formatInstant } from '../../codec/instant.js';
import type { Credential } from '../../credential/credential.js';
import { isCoseKeyFault, readCoseKey } from '../../crypto/cose-key.js';
import { GoodOrderError } from '../../errors.js';
import { assessPassport } from '../../passport/assess.js';
import { looseElement, MEMBER } from '../../passport/element.js';
import { gatherPassport } from '../../passport/passport.js';
import { dayText, partyText, shortHash } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import type { Session } from '../command.js';
import { type CredentialBundle, parseCredential, readCredentialFile } from '../credential-file.js';
import { readInput } from '../read-input.js';
import { type PublicKey, SigningHome } from '../signing-home.js';
import type { HomeOptions } from '../signing-options.js';

/** Bytes; credentials and keys are far smaller. */
const LIMIT = 1024 * 1024;

/** Keeps credentials that hold: signed by a key that is at hand, for a key of the folder and for its party. */
export async function addCredentials(
  files: readonly string[],
  options: HomeOptions,
  session: Session,
): Promise<void> {
  const { io } = session;
  const home = await SigningHome.open(options.home, io);
  const own = await home.keys();
  const given: { readonly file: string; readonly bundle: CredentialBundle }[] = [];
  for (const file of files) {
    const { bytes } = await readInput(file, io, LIMIT);
    given.push({ file, bundle: readCredentialFile(bytes, file) });
  }
  const keys = [
    ...given.flatMap(({ bundle }) => bundle.keys),
    ...(await home.evidence.bundle()).keys,
    ...own.map(({ coseKey }) => coseKey),
  ];
  const all = given.flatMap(({ file, bundle }) =>
    bundle.credentials.map((bytes, index) => ({
      file,
      first: index === 0,
      credential: parseCredential(bytes, file),
    })),
  );
  for (const { file, first, credential } of all) {
    await assertSigned(credential, keys, file);
    if (first) assertForHere(credential, home, own, file);
  }
  for (const { credential } of all)
    await home.evidence.keepCredential(`${credential.id}.credential`, credential.bytes);
  for (const key of given.flatMap(({ bundle }) => bundle.keys)) {
    const read = readCoseKey(key);
    if (!isCoseKeyFault(read)) await home.evidence.keepCredential(`${read.kid}.key`, key);
  }
  const kept = all.map(({ credential }) => credential);
  session.result(
    options,
    { schemaVersion: 1, kept: kept.map(credentialJson) },
    kept.length === 0
      ? [[{ mark: 'passed' }, ' kept the issuer’s public key']]
      : kept.flatMap((credential) => credentialLines(credential, own)),
  );
}

export async function listCredentials(options: HomeOptions, session: Session): Promise<void> {
  const home = await SigningHome.open(options.home, session.io);
  const own = await home.keys();
  const { credentials } = await home.evidence.bundle();
  const read = credentials.map((bytes) => parseCredential(bytes, 'credentials'));
  session.result(
    options,
    { schemaVersion: 1, credentials: read.map(credentialJson) },
    read.length === 0
      ? [['no credential here; `goodorder credential add FILE` keeps one']]
      : read.flatMap((credential) => credentialLines(credential, own)),
  );
}

/** Its signature is checked here, not first by whoever is to be convinced by it. */
async function assertSigned(
  credential: Credential,
  keys: readonly Uint8Array[],
  file: string,
): Promise<void> {
  const passport = gatherPassport(`urn:goodorder:key:${credential.key}`, [
    looseElement(MEMBER.credentials, credential.bytes),
    ...[...new Map(keys.map((key) => [String(key), key])).values()].map((key) =>
      looseElement(MEMBER.keys, key),
    ),
  ]);
  const { signatures } = await assessPassport(passport);
  if (signatures.credentials.get(credential.id) === 'verified') return;
  const code = signatures.failures.get(credential.id) ?? 'credential.sig-invalid';
  const issuer = credential.issuer.slice(0, 16);
  throw new GoodOrderError(
    code,
    code === 'credential.issuer-absent'
      ? `the public key of the issuer ${issuer} is not at hand: give its file too, or what \`credential issue\` wrote`
      : `the credential is not signed by its issuer ${issuer}`,
    { file },
  );
}

function assertForHere(
  credential: Credential,
  home: SigningHome,
  own: readonly PublicKey[],
  file: string,
): void {
  if (!own.some(({ kid }) => kid === credential.key)) {
    throw new GoodOrderError(
      'cli.not-found',
      `the credential is for the key ${shortFingerprint(credential.key)}, which is not in this signing folder`,
      { file },
    );
  }
  const signsAs = home.issuer(credential.key);
  if (credential.party === signsAs) return;
  throw new GoodOrderError(
    'iss.not-bound',
    `the credential is for \`${credential.party}\`, and this folder signs as \`${signsAs}\`: set \`party\` in its settings.json, or have another issued`,
    { file },
  );
}

function credentialJson(credential: Credential): Record<string, unknown> {
  const { id, issuer, key, party, roles, subjects, mayDelegate } = credential;
  return {
    sha256: id,
    issuer,
    key,
    party,
    roles,
    subjects,
    mayDelegate,
    from: formatInstant(credential.from),
    until: formatInstant(credential.until),
  };
}

function credentialLines(credential: Credential, own: readonly PublicKey[]): StyledLine[] {
  const { party, roles, from, until, key, issuer } = credential;
  const name = own.find(({ kid }) => kid === key)?.name;
  return [
    [
      { mark: 'passed' },
      ` ${partyText(party)} may sign as ${roles.join(', ')}, ${dayText(from)} to ${dayText(until)}`,
    ],
    [
      styled('faint', '    key     '),
      name === undefined ? shortHash(key) : `${name}  ${shortFingerprint(key)}`,
    ],
    [styled('faint', '    issuer  '), shortHash(issuer)],
  ];
}
