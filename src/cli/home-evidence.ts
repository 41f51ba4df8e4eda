import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../capture/node/durable-file.js';
import { utf8Bytes } from '../codec/hex.js';
import { isCoseKeyFault, readCoseKey } from '../crypto/cose-key.js';
import { sha256Hex } from '../crypto/hash.js';

import type { CredentialBundle } from './credential-file.js';
import type { Io } from './io.js';
import { readInput, unreadable } from './read-input.js';
import { writeOutput } from './write-output.js';

const CREDENTIALS = 'credentials';
const MANIFESTS = 'manifests';
const KEY_EVENTS = 'key-events';
/** Bytes; a credential or key is far smaller. */
const ELEMENT_LIMIT = 65_535;

/** Public evidence kept in a signing folder, because what its keys sign cannot do without it. */
export class HomeEvidence {
  readonly #folder: string;
  readonly #io: Io;

  constructor(folder: string, io: Io) {
    this.#folder = folder;
    this.#io = io;
  }

  /** Credentials, and the public keys of their issuers: they travel with what the keys here sign. */
  credentials(): Promise<Uint8Array[]> {
    return this.#filesOf(join(this.#folder, CREDENTIALS));
  }

  /** The same, credentials and keys apart. */
  async bundle(): Promise<CredentialBundle> {
    const files = await this.credentials();
    const isKey = (bytes: Uint8Array): boolean => !isCoseKeyFault(readCoseKey(bytes));
    return { keys: files.filter(isKey), credentials: files.filter((bytes) => !isKey(bytes)) };
  }

  async keepCredential(name: string, bytes: Uint8Array): Promise<void> {
    await writeOutput(join(this.#folder, CREDENTIALS, name), bytes, this.#io, { overwrite: true });
  }

  /**
   * Manifests that keys here have signed about an item. They leave within one export, and yet stand in their key's
   * chain: another file about the item without them would show a gap.
   */
  manifestsAbout(item: string): Promise<Uint8Array[]> {
    return this.#filesOf(this.#manifestFolder(item));
  }

  async keepManifest(item: string, id: string, record: Uint8Array): Promise<void> {
    await writeOutput(join(this.#manifestFolder(item), `${id}.record`), record, this.#io, {
      overwrite: true,
    });
  }

  /** Rotations and revocations that keys here have signed: they go wherever a record of the key is. */
  keyEvents(): Promise<Uint8Array[]> {
    return this.#filesOf(join(this.#folder, KEY_EVENTS));
  }

  async keepKeyEvent(id: string, record: Uint8Array): Promise<void> {
    await writeOutput(join(this.#folder, KEY_EVENTS, `${id}.record`), record, this.#io, { overwrite: true });
  }

  #manifestFolder(item: string): string {
    return join(this.#folder, MANIFESTS, sha256Hex(utf8Bytes(item)));
  }

  async #filesOf(folder: string): Promise<Uint8Array[]> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return [];
      throw unreadable(folder, error);
    });
    const names = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
    const files: Uint8Array[] = [];
    for (const name of names.sort()) {
      files.push((await readInput(join(folder, name), this.#io, ELEMENT_LIMIT)).bytes);
    }
    return files;
  }
}
