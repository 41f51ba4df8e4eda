import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { GoodOrderError } from '../../errors.js';
import { createDurably, flushFolder, readIfThere, writeDurably } from './durable-file.js';

/**
 * A folder that stands for this installation and must not be backed up or copied with the keys. It holds a random id
 * and, for each key, a witness: how far the key had signed. Together they tell a restored or copied key folder from
 * the living one.
 */
export interface Installation {
  readonly folder: string;
  /** 32 lowercase hex digits. */
  readonly id: string;
}

/** How far a key had signed when this installation last looked. */
export interface Witness {
  readonly turn: number;
  /** Digest over the whole journal up to that turn. */
  readonly check: string;
}

/** Where the installation's folder is by default: state that backup tools are told to leave out, or at least not keys. */
export function defaultInstallationFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'goodorder', 'installation');
  // Time Machine leaves caches out. Purging them costs a new key, which is the safe way to be wrong.
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'goodorder-installation');
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'goodorder', 'installation');
}

/** Opens the installation, making it at its first use. */
export async function openInstallation(folder: string): Promise<Installation> {
  const path = join(folder, 'installation-id');
  const before = await readIfThere(path);
  if (before !== null) return { folder, id: readId(path, before) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (await createDurably(path, `${randomBytes(16).toString('hex')}\n`)) await flushFolder(dirname(folder));
  return { folder, id: readId(path, (await readIfThere(path)) ?? '') };
}

export async function readWitness({ folder }: Installation, kid: string): Promise<Witness | null> {
  const text = await readIfThere(witnessPath(folder, kid));
  if (text === null) return null;
  const match = /^goodorder signer witness 1 ([0-9a-f]{64}) (\d{1,15}) ([0-9a-f]{64})\n$/.exec(text);
  if (match === null || match[1] !== kid) {
    throw new GoodOrderError('signer.state', 'the witness of how far the key had signed is damaged', {
      file: witnessPath(folder, kid),
    });
  }
  return { turn: Number(match[2]), check: match[3]! };
}

/** Durable on resolve. */
export async function writeWitness({ folder }: Installation, kid: string, witness: Witness): Promise<void> {
  await writeDurably(witnessPath(folder, kid), witnessText(kid, witness));
}

/** Durable on resolve; false where this installation has known the key before. */
export function createWitness({ folder }: Installation, kid: string, witness: Witness): Promise<boolean> {
  return createDurably(witnessPath(folder, kid), witnessText(kid, witness));
}

function witnessPath(folder: string, kid: string): string {
  return join(folder, `${kid}.witness`);
}

function witnessText(kid: string, { turn, check }: Witness): string {
  return `goodorder signer witness 1 ${kid} ${turn} ${check}\n`;
}

function readId(path: string, text: string): string {
  const match = /^([0-9a-f]{32})\n$/.exec(text);
  if (match === null)
    throw new GoodOrderError('signer.state', 'the installation id is damaged', { file: path });
  return match[1]!;
}
