import { parseInstant } from '../codec/instant.js';
import { signCredential } from '../credential/credential.js';
import type { Signer } from '../crypto/signer.js';
import { GoodOrderError } from '../errors.js';
import type { Role } from '../record/vocabulary.js';
import type { ScenarioFile, ScenarioParty } from './scenario-file.js';
import { testSigner } from './test-keys.js';

/** One party on the stage: its key, and the URI it signs under. */
export interface Player {
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  readonly uri: string;
  readonly signer: Signer;
}

export interface Authority {
  readonly name: string;
  readonly party: string;
  readonly signer: Signer;
  readonly roles: readonly Role[];
  readonly mayDelegate: number;
  readonly from: number;
  readonly until: number;
}

/** Everybody who signs in a scenario, and the credentials that say who they are. */
export class Cast {
  readonly players: ReadonlyMap<string, Player>;
  readonly authorities: readonly Authority[];
  readonly #credentials: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly issuer: Authority }>;

  constructor(
    players: ReadonlyMap<string, Player>,
    authorities: readonly Authority[],
    credentials: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly issuer: Authority }>,
  ) {
    this.players = players;
    this.authorities = authorities;
    this.#credentials = credentials;
  }

  /** Credentials of those who signed. */
  credentialsFor(kids: ReadonlySet<string>): Uint8Array[] {
    return [...this.#credentials].filter(([kid]) => kids.has(kid)).map(([, { bytes }]) => bytes);
  }

  /** Keys of those who signed, and of those who vouch for them. */
  keysFor(kids: ReadonlySet<string>): Uint8Array[] {
    const signers = [...this.players.values()]
      .filter(({ signer }) => kids.has(signer.kid))
      .map(({ signer }) => signer);
    const issuers = [...this.#credentials]
      .filter(([kid]) => kids.has(kid))
      .map(([, { issuer }]) => issuer.signer);
    return [...signers, ...issuers].map((signer) => signer.coseKey);
  }
}

export async function castParties(scenario: ScenarioFile): Promise<Cast> {
  const { issued, nextUpdate, authorities: declared } = scenario.trust;
  const authorities = Object.entries(declared).map(([name, entry]) => ({
    name,
    party: entry.party,
    signer: testSigner(name),
    roles: entry.roles,
    mayDelegate: entry.mayDelegate ?? 0,
    from: instantOr(entry.from, instantOr(issued, 0)),
    until: instantOr(entry.until, instantOr(nextUpdate, 0)),
  }));
  const players = new Map<string, Player>();
  const credentials = new Map<string, { bytes: Uint8Array; issuer: Authority }>();
  for (const [name, party] of Object.entries(scenario.parties)) {
    const signer = testSigner(name);
    players.set(name, {
      name,
      title: party.name,
      signer,
      uri: party.uri ?? `urn:goodorder:key:${signer.kid}`,
    });
    const issuer = issuerOf(name, party, authorities);
    if (issuer === null || party.uri === undefined) continue;
    credentials.set(signer.kid, { issuer, bytes: await credentialOf(party, signer.kid, issuer) });
  }
  return new Cast(players, authorities, credentials);
}

function issuerOf(name: string, party: ScenarioParty, authorities: readonly Authority[]): Authority | null {
  if (party.issuer === null) return null;
  const found =
    party.issuer === undefined ? authorities[0] : authorities.find((one) => one.name === party.issuer);
  if (found !== undefined) return found;
  if (party.uri === undefined) return null;
  throw new GoodOrderError('scenario.unknown-name', `no authority vouches for \`${name}\``, {
    path: `parties.${name}`,
  });
}

async function credentialOf(party: ScenarioParty, kid: string, issuer: Authority): Promise<Uint8Array> {
  return signCredential(issuer.signer, {
    party: party.uri as string,
    key: kid,
    roles: [...(party.roles ?? [])].sort(),
    from: instantOr(party.from, issuer.from),
    until: instantOr(party.until, issuer.until),
    ...(party.accreditation === undefined
      ? {}
      : { accreditation: { ...party.accreditation, until: parseInstant(party.accreditation.until).utcS } }),
  });
}

function instantOr(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : parseInstant(text).utcS;
}
