import { parseInstant } from '../codec/instant.js';
import { signCredential } from '../credential/credential.js';
import type { Signer } from '../crypto/signer.js';
import type { Role } from '../record/vocabulary.js';
import { parseParty } from '../subject/party.js';
import { keyUri } from '../subject/subject.js';
import type { ScenarioFile, ScenarioParty } from './scenario-file.js';
import type { ScenarioSource } from './scenario-source.js';
import { testSigner } from './test-keys.js';

/** One party on the stage: its key, and the URI it signs under. */
export interface Player {
  readonly name: string;
  readonly uri: string;
  readonly signer: Signer;
}

export interface Authority {
  readonly name: string;
  readonly party: string;
  readonly signer: Signer;
  readonly roles: readonly Role[];
  readonly subjects: readonly string[] | null;
  readonly mayDelegate: number;
  readonly from: number;
  readonly until: number;
}

interface IssuedCredential {
  readonly bytes: Uint8Array;
  readonly issuer: Authority;
}

/** Everybody who signs in a scenario, and the credentials that say who they are. */
export class Cast {
  readonly players: ReadonlyMap<string, Player>;
  readonly authorities: readonly Authority[];
  readonly #credentials: ReadonlyMap<string, IssuedCredential>;

  constructor(
    players: ReadonlyMap<string, Player>,
    authorities: readonly Authority[],
    credentials: ReadonlyMap<string, IssuedCredential>,
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

export async function castParties(scenario: ScenarioFile, source: ScenarioSource): Promise<Cast> {
  const { authorities: declared, issued, nextUpdate } = scenario.trust;
  const authorities = Object.entries(declared).map(([name, entry]): Authority => {
    checkParty(entry.party, ['trust', 'authorities', name, 'party'], source);
    return {
      name,
      party: entry.party,
      signer: testSigner(name),
      roles: entry.roles,
      subjects: entry.subjects ?? null,
      // An authority that may not delegate issues nothing, and issuing is what it is on the stage for.
      mayDelegate: entry.mayDelegate ?? 1,
      from: secondsOf(entry.from ?? issued),
      until: secondsOf(entry.until ?? nextUpdate),
    };
  });
  const players = new Map<string, Player>();
  const credentials = new Map<string, IssuedCredential>();
  for (const [name, party] of Object.entries(scenario.parties)) {
    const path = ['parties', name];
    if (party.uri !== undefined) checkParty(party.uri, [...path, 'uri'], source);
    const signer = testSigner(name);
    players.set(name, { name, signer, uri: party.uri ?? keyUri(signer.kid) });
    const issuer = issuerOf(party, authorities, path, source);
    if (issuer === null) continue;
    const bytes = await source.locateAsync(path, () => credentialOf(party, signer.kid, issuer));
    credentials.set(signer.kid, { issuer, bytes });
  }
  return new Cast(players, authorities, credentials);
}

function checkParty(uri: string, path: readonly string[], source: ScenarioSource): void {
  if (parseParty(uri) === null) throw source.malformed(`\`${uri}\` is no party URI`, path);
}

/** Nobody vouches for a natural person. */
function issuerOf(
  party: ScenarioParty,
  authorities: readonly Authority[],
  path: readonly string[],
  source: ScenarioSource,
): Authority | null {
  if (typeof party.issuer === 'string') {
    const named = authorities.find(({ name }) => name === party.issuer);
    if (named === undefined) throw source.unknownName('authority', party.issuer, [...path, 'issuer']);
    if (party.uri === undefined) throw source.malformed('a credential is given to a party URI', path);
    return named;
  }
  if (party.uri === undefined || party.issuer === null) return null;
  const [first] = authorities;
  if (first === undefined) throw source.malformed('no authority vouches for this party', path);
  return first;
}

async function credentialOf(party: ScenarioParty, kid: string, issuer: Authority): Promise<Uint8Array> {
  return signCredential(issuer.signer, {
    party: party.uri!,
    key: kid,
    roles: [...(party.roles ?? [])].sort(),
    from: party.from === undefined ? issuer.from : secondsOf(party.from),
    until: party.until === undefined ? issuer.until : secondsOf(party.until),
    ...(party.subjects === undefined ? {} : { subjects: party.subjects }),
    ...(party.accreditation === undefined
      ? {}
      : { accreditation: { ...party.accreditation, until: secondsOf(party.accreditation.until) } }),
  });
}

function secondsOf(instant: string): number {
  return parseInstant(instant).utcS;
}
