import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installation } from '../../capture/node/installation.js';
import { readKeyFile } from '../../capture/node/key-file.js';
import { openSignerState } from '../../capture/node/signer-state-file.js';
import type { SignerState } from '../../capture/signer-state.js';
import { ed25519Signer } from '../../crypto/signer.js';
import { GoodOrderError } from '../../errors.js';
import { plural } from '../../report/name-text.js';
import type { PublicKey, SigningHome } from '../signing-home.js';
import { type DoctorFinding, doctorFinding } from './finding.js';

export interface ExaminedKey {
  readonly findings: readonly DoctorFinding[];
  /** Null where the key cannot sign. */
  readonly state: SignerState | null;
}

/** Files, permissions and state of one key. Nothing is written, and no passphrase is asked for. */
export async function examineKey(
  home: SigningHome,
  key: PublicKey,
  installation: Installation | null,
): Promise<ExaminedKey> {
  const folder = home.keyFolder(key.name);
  const findings = [
    ...(await openToOthers([
      folder,
      ...['secret.key', 'signer-state', 'outbox'].map((name) => join(folder, name)),
    ])),
    ...(await secretFindings(folder, key)),
    ...(await outboxFindings(folder, key)),
  ];
  if (installation === null) return { findings, state: null };
  try {
    return { findings, state: await openSignerState({ folder, kid: key.kid, installation }) };
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    findings.push(doctorFinding('doctor.state', { key: key.name, reason: error.message }));
    return { findings, state: null };
  }
}

/** What others could read or change, on systems that have such modes. A file that is not there is another's finding. */
export async function openToOthers(paths: readonly string[]): Promise<DoctorFinding[]> {
  if (process.platform === 'win32') return [];
  const findings: DoctorFinding[] = [];
  for (const file of paths) {
    const found = await stat(file).catch(() => null);
    if (found === null) continue;
    const forbidden = file.endsWith('secret.key') || file.endsWith('outbox') ? 0o077 : 0o022;
    if ((found.mode & forbidden) !== 0) findings.push(doctorFinding('doctor.mode', { file }));
  }
  return findings;
}

async function secretFindings(folder: string, key: PublicKey): Promise<DoctorFinding[]> {
  try {
    const { seed, protection } = await readKeyFile(join(folder, 'secret.key'));
    const { kid } = ed25519Signer(seed);
    seed.fill(0);
    if (kid !== key.kid) return [doctorFinding('doctor.key-mismatch', { key: key.name })];
    return protection === 'plain' ? [doctorFinding('doctor.key-plain', { key: key.name })] : [];
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    // It is under a passphrase, as it should be; or its mode is told already.
    if (error.code === 'key.passphrase' || error.message.includes('chmod')) return [];
    return [doctorFinding('doctor.key-unreadable', { key: key.name, reason: error.message })];
  }
}

async function outboxFindings(folder: string, { name }: PublicKey): Promise<DoctorFinding[]> {
  const waiting = await readdir(join(folder, 'outbox')).catch(() => []);
  const records = waiting.filter((file) => /^[0-9a-f]{64}$/.test(file));
  const strays = waiting.filter((file) => !records.includes(file));
  return [
    ...(records.length === 0
      ? []
      : [doctorFinding('doctor.outbox', { key: name, count: plural(records.length, 'record') })]),
    ...strays.map((file) => doctorFinding('doctor.outbox-damaged', { key: name, file })),
  ];
}
