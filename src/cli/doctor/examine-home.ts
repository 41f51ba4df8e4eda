import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shortFingerprint } from '../../capture/key-name.js';
import { isCode, readIfThere } from '../../capture/node/durable-file.js';
import { defaultInstallationFolder, type Installation } from '../../capture/node/installation.js';
import { keyEventOf, type SignedKeyEvent } from '../../credential/revocation.js';
import { GoodOrderError } from '../../errors.js';
import { type Passport, parsePassport } from '../../passport/passport.js';
import { readRecord } from '../../record/read-record.js';
import type { SignedRecord } from '../../record/record.js';
import { dayText } from '../../report/name-text.js';
import type { Io } from '../io.js';
import { unreadablePassport } from '../pick-record.js';
import { readInput } from '../read-input.js';
import type { PublicKey, SigningHome } from '../signing-home.js';
import { checkCredentials } from './check-credentials.js';
import { examineKey, openToOthers } from './check-key.js';
import { checkClock, checkNode } from './check-machine.js';
import { comparePassport } from './check-passport.js';
import { type DoctorFinding, doctorFinding } from './finding.js';

export interface Examination {
  readonly keys: number;
  readonly findings: readonly DoctorFinding[];
}

/** Everything that can go wrong around signing, looked at without signing or writing anything. */
export async function examineHome(home: SigningHome, files: readonly string[], io: Io): Promise<Examination> {
  const passports: { readonly file: string; readonly passport: Passport }[] = [];
  for (const file of files) {
    const parsed = parsePassport((await readInput(file, io)).bytes);
    if (!parsed.ok) throw unreadablePassport(parsed.fault, file);
    passports.push({ file, passport: parsed.passport });
  }
  const findings: DoctorFinding[] = [...checkNode(process.version)];
  const keys: PublicKey[] = [];
  for (const name of await home.keyNames()) {
    try {
      keys.push(await home.publicKey(name));
    } catch (error) {
      if (!(error instanceof GoodOrderError)) throw error;
      findings.push(doctorFinding('doctor.key-unreadable', { key: name, reason: error.message }));
    }
  }
  const events = await recordsOf(await home.evidence.keyEvents());
  findings.push(...checkClock(io.now(), latestOf(keys, events, passports)));
  findings.push(...(await openToOthers([home.folder, join(home.folder, 'keys')])));
  const installation = await knownInstallation(io);
  if (installation === null && keys.length > 0) findings.push(doctorFinding('doctor.installation'));
  if (keys.length === 0 && findings.every(({ code }) => code !== 'doctor.key-unreadable'))
    findings.push(doctorFinding('doctor.no-key'));
  for (const key of keys) {
    const { findings: ofKey, state } = await examineKey(home, key, installation);
    findings.push(...ofKey, ...eventFindings(key, events, keys));
    if (state === null) continue;
    for (const { file, passport } of passports)
      findings.push(...(await comparePassport(file, passport, key, state)));
  }
  findings.push(...(await checkCredentials(home, keys, io.now())), ...(await leftovers(home.folder)));
  return { keys: keys.length, findings };
}

async function recordsOf(files: readonly Uint8Array[]): Promise<SignedRecord[]> {
  return files.flatMap((bytes) => {
    const read = readRecord(bytes);
    return read.ok ? [read.record] : [];
  });
}

/** The latest time for which a key of the folder has signed, as far as anything at hand shows it. */
function latestOf(
  keys: readonly PublicKey[],
  events: readonly SignedRecord[],
  passports: readonly { readonly passport: Passport }[],
): number | null {
  const own = new Set(keys.map(({ kid }) => kid));
  let latest: number | null = null;
  for (const { kid, iat } of [
    ...events,
    ...passports.flatMap((one) => one.passport.records.map(({ head }) => head)),
  ]) {
    if (own.has(kid) && (latest === null || iat > latest)) latest = iat;
  }
  return latest;
}

/** Reading must not make the installation: then a copied folder would look as if it had always been here. */
async function knownInstallation({ env }: Io): Promise<Installation | null> {
  const folder = env['GOODORDER_INSTALLATION'] ?? defaultInstallationFolder(env);
  const text = await readIfThere(join(folder, 'installation-id'));
  const id = /^([0-9a-f]{32})\n$/.exec(text ?? '')?.[1];
  return id === undefined ? null : { folder, id };
}

function eventFindings(
  { name: key, kid }: PublicKey,
  records: readonly SignedRecord[],
  keys: readonly PublicKey[],
): DoctorFinding[] {
  const about = records
    .map(keyEventOf)
    .filter((event): event is SignedKeyEvent => event !== null && event.key === kid);
  const revoked = about
    .filter(({ action }) => action === 'revoke')
    .map(({ suspectFrom }) => suspectFrom ?? 0);
  if (revoked.length > 0)
    return [doctorFinding('doctor.key-revoked', { key, since: dayText(Math.min(...revoked)) })];
  const next = about.find(({ nextKey }) => nextKey !== null)?.nextKey;
  if (next == null) return [];
  const name = keys.find((one) => one.kid === next)?.name ?? shortFingerprint(next);
  return [doctorFinding('doctor.key-rotated', { key, next: name })];
}

async function leftovers(folder: string): Promise<DoctorFinding[]> {
  const found: DoctorFinding[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'EACCES')) return [];
    throw error;
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await leftovers(path)));
    else if (entry.name.endsWith('.partial')) found.push(doctorFinding('doctor.leftover', { file: path }));
  }
  return found;
}
