import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isCode } from '../capture/node/durable-file.js';
import {
  defaultInstallationFolder,
  type Installation,
  openInstallation,
} from '../capture/node/installation.js';
import { type KeyFile, newSeed, readKeyFile, writeKeyFile } from '../capture/node/key-file.js';
import { createSignerState, openSignerState } from '../capture/node/signer-state-file.js';
import type { SignerState } from '../capture/signer-state.js';
import { fromBase64url, toBase64url } from '../codec/base64url.js';
import { isCoseKeyFault, readCoseKey } from '../crypto/cose-key.js';
import { ed25519Signer, type Signer } from '../crypto/signer.js';
import { GoodOrderError } from '../errors.js';
import { MEMBER } from '../passport/element.js';
import type { EvidenceInput } from '../passport/evidence-set.js';
import { HomeEvidence } from './home-evidence.js';
import type { Io } from './io.js';
import { readTextInput, unreadable } from './read-input.js';
import { writeOutput } from './write-output.js';

export const HOME_NAME = '.goodorder';
const SETTINGS = 'settings.json';
const SECRET = 'secret.key';
const PUBLIC = 'public.json';

export interface HomeSettings {
  readonly schemaVersion: 1;
  /** Party URI that records are signed under; null for a natural person, who signs under the own key. */
  readonly party: string | null;
}

export interface PublicKey {
  readonly name: string;
  readonly kid: string;
  readonly coseKey: Uint8Array;
}

export interface OpenKey extends PublicKey {
  readonly signer: Signer;
  readonly state: SignerState;
}

/**
 * A folder to sign in: keys, how far each has signed, and the credentials that say whose they are. The folder may be
 * backed up; what tells a restored backup from the living one lies outside it (`Installation`).
 */
export class SigningHome {
  readonly folder: string;
  readonly settings: HomeSettings;
  readonly evidence: HomeEvidence;
  readonly #io: Io;

  private constructor(folder: string, settings: HomeSettings, io: Io) {
    this.folder = folder;
    this.settings = settings;
    this.evidence = new HomeEvidence(folder, io);
    this.#io = io;
  }

  static async create(parent: string, party: string | null, io: Io): Promise<SigningHome> {
    const folder = resolve(io.cwd, parent, HOME_NAME);
    const settings: HomeSettings = { schemaVersion: 1, party };
    try {
      await mkdir(join(folder, 'keys'), { recursive: true, mode: 0o700 });
      await mkdir(join(folder, 'credentials'), { recursive: true });
    } catch (error) {
      throw unreadable(folder, error);
    }
    await writeOutput(join(folder, SETTINGS), `${JSON.stringify(settings, null, 2)}\n`, io).catch(
      (error: unknown) => {
        if (!(error instanceof GoodOrderError) || error.code !== 'file.exists') throw error;
        throw new GoodOrderError(
          'file.exists',
          `there is a signing folder already; \`goodorder key new NAME\` adds a key to it`,
          { file: folder },
          error,
        );
      },
    );
    return new SigningHome(folder, settings, io);
  }

  /** The folder that was named, that `GOODORDER_HOME` names, or the nearest `.goodorder` from here upwards. */
  static async open(named: string | undefined, io: Io): Promise<SigningHome> {
    const given = named ?? io.env['GOODORDER_HOME'];
    const folder = given === undefined ? await nearest(io.cwd) : resolve(io.cwd, given);
    if (folder === null) {
      throw new GoodOrderError(
        'key.file',
        `there is no \`${HOME_NAME}\` folder here or above; run \`goodorder init\` first`,
      );
    }
    const path = join(folder, SETTINGS);
    const text = await readTextInput(path, io);
    return new SigningHome(folder, readSettings(text, path), io);
  }

  async keys(): Promise<PublicKey[]> {
    return Promise.all((await this.keyNames()).map((name) => this.publicKey(name)));
  }

  /** Names of the keys' folders, whatever lies in them. */
  async keyNames(): Promise<string[]> {
    const folder = join(this.folder, 'keys');
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      throw unreadable(folder, error);
    });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  }

  async publicKey(name: string): Promise<PublicKey> {
    const path = join(this.keyFolder(name), PUBLIC);
    const text = await readTextInput(path, this.#io);
    try {
      const { coseKey } = JSON.parse(text) as { readonly coseKey: string };
      const bytes = fromBase64url(coseKey);
      const read = readCoseKey(bytes);
      if (isCoseKeyFault(read)) throw new TypeError(read.code);
      return { name, kid: read.kid, coseKey: bytes };
    } catch (error) {
      throw new GoodOrderError('key.file', `\`${path}\` does not hold a public key`, { file: path }, error);
    }
  }

  async createKey(name: string, passphrase: string | undefined): Promise<PublicKey> {
    assertKeyName(name);
    const folder = this.keyFolder(name);
    const seed = newSeed();
    const signer = ed25519Signer(seed);
    try {
      await mkdir(folder, { mode: 0o700 });
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw unreadable(folder, error);
      throw new GoodOrderError('file.exists', `there is a key \`${name}\` already`, { file: folder }, error);
    }
    await writeKeyFile(join(folder, SECRET), seed, passphrase === undefined ? {} : { passphrase });
    seed.fill(0);
    await createSignerState({ folder, kid: signer.kid, installation: await this.#installation() });
    const shown = { schemaVersion: 1, kid: signer.kid, coseKey: toBase64url(signer.coseKey) };
    await writeOutput(join(folder, PUBLIC), `${JSON.stringify(shown, null, 2)}\n`, this.#io);
    return { name, kid: signer.kid, coseKey: signer.coseKey };
  }

  /** Opens a key to sign with. The only one when none is named. */
  async openKey(name: string | undefined, passphrase: string | undefined): Promise<OpenKey> {
    const chosen = name ?? (await this.onlyKey());
    const folder = this.keyFolder(chosen);
    const { seed } = await readSecret(chosen, join(folder, SECRET), passphrase);
    const signer = ed25519Signer(seed);
    seed.fill(0);
    const state = await openSignerState({
      folder,
      kid: signer.kid,
      installation: await this.#installation(),
    });
    return { name: chosen, kid: signer.kid, coseKey: signer.coseKey, signer, state };
  }

  /** iss for records of this key. */
  issuer(kid: string): string {
    return this.settings.party ?? `urn:goodorder:key:${kid}`;
  }

  /**
   * All that what is signed here cannot do without: public keys, credentials, what was said about keys, manifests about
   * the item.
   */
  async travelling(item: string): Promise<EvidenceInput[]> {
    const keys = (await this.keys()).map(({ coseKey }) => ({ member: MEMBER.keys, bytes: coseKey }));
    return [
      ...keys,
      ...(await this.evidence.credentials()),
      ...(await this.evidence.keyEvents()),
      ...(await this.evidence.manifestsAbout(item)),
    ];
  }

  /** The name of the only key; an error that lists the names where there are several. */
  async onlyKey(): Promise<string> {
    const keys = await this.keys();
    if (keys.length === 1) return (keys[0] as PublicKey).name;
    const names = keys.map(({ name }) => `\`${name}\``).join(', ');
    throw new GoodOrderError(
      'key.file',
      keys.length === 0 ? 'there is no key here; run `goodorder key new`' : `name one of the keys: ${names}`,
    );
  }

  /** Where a key, its state and its outbox lie. Throws `key.file` for what is no name of a key. */
  keyFolder(name: string): string {
    assertKeyName(name);
    return join(this.folder, 'keys', name);
  }

  async #installation(): Promise<Installation> {
    const { env } = this.#io;
    return openInstallation(env['GOODORDER_INSTALLATION'] ?? defaultInstallationFolder(env));
  }
}

async function readSecret(name: string, path: string, passphrase: string | undefined): Promise<KeyFile> {
  try {
    return await readKeyFile(path, passphrase === undefined ? {} : { passphrase });
  } catch (error) {
    if (!(error instanceof GoodOrderError) || error.code !== 'key.passphrase') throw error;
    throw new GoodOrderError(
      error.code,
      passphrase === undefined
        ? `the key \`${name}\` needs its passphrase: give it with --passphrase-fd`
        : `the key \`${name}\` does not open with this passphrase`,
      {},
      error,
    );
  }
}

export function assertKeyName(name: string): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(name)) {
    throw new GoodOrderError(
      'key.file',
      `\`${name}\` is no name for a key; use lowercase letters, digits, dots and hyphens`,
    );
  }
}

async function nearest(from: string): Promise<string | null> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const home = join(folder, HOME_NAME);
    if (
      await stat(home).then(
        (found) => found.isDirectory(),
        () => false,
      )
    )
      return home;
    if (dirname(folder) === folder) return null;
  }
}

function readSettings(text: string, file: string): HomeSettings {
  try {
    const settings = JSON.parse(text) as HomeSettings;
    if (settings.schemaVersion === 1 && (settings.party === null || typeof settings.party === 'string'))
      return settings;
  } catch {
    // Told below, like any other content that is not settings.
  }
  throw new GoodOrderError('key.file', `\`${file}\` does not hold settings`, { file });
}
