import type { Accreditation, Credential } from './credential.js';
import { type Grant, mayIssue, widening } from './grant.js';
import type { Authority, TrustFile } from './trust-file.js';

/** One way from the verifier's trust file to a key. The grant is the last step's own: every step lies within the one before. */
export interface AuthorityPath extends Grant {
  /** The key that is bound. */
  readonly kid: string;
  readonly accreditation: Accreditation | null;
  readonly authority: Authority;
  /** From the authority down; none when the key is the authority's own. */
  readonly credentials: readonly Credential[];
  /** Every way to this grant leads over a credential that a revoked issuer may have made too late. */
  readonly disputed: boolean;
}

/** A credential whose issuer does have a path, but which does not lie within it. */
export interface IgnoredCredential {
  readonly credential: Credential;
  readonly code: 'credential.widens' | 'credential.depth';
  /** Of the nearest issuer's grant: what it reaches beyond. */
  readonly beyond: readonly string[];
}

/**
 * Grants kept for one key from one branch. A branch is what the authority itself vouched for directly, so a hostile
 * issuer further down can crowd out nobody but itself, and the work stays linear.
 */
const MAX_PER_BRANCH = 64;

interface Step {
  readonly path: AuthorityPath;
  readonly issuers: ReadonlySet<string>;
}

/**
 * Who is bound to what by this trust file and these credentials. Give only credentials whose signature verified.
 * `isDisputed` says which ones count only in dispute (their issuer's key is revoked); paths without such are preferred.
 */
export class Authorities {
  readonly #steps = new Map<string, Step[]>();
  readonly #counts = new Map<string, number>();
  /** Credentials that were left out although their issuer has a path, by ascending id. */
  readonly ignored: readonly IgnoredCredential[];

  constructor(
    trust: TrustFile | null,
    credentials: Iterable<Credential>,
    isDisputed: (credential: Credential) => boolean = () => false,
  ) {
    for (const authority of trust?.authorities ?? []) {
      const { kid } = authority;
      const path = {
        ...grantOf(authority),
        kid,
        accreditation: null,
        authority,
        credentials: [],
        disputed: false,
      };
      this.#steps.set(kid, [{ path, issuers: new Set() }]);
    }
    const left: Credential[] = [];
    // mayDelegate falls along every path: whatever may issue a credential has been placed before it.
    for (const credential of highestFirst(credentials)) {
      const parents = this.#steps.get(credential.issuer) ?? [];
      const within = parents.filter(({ path }) => isWithin(credential, path));
      if (within.length > 0) this.#place(credential, within, isDisputed(credential));
      else left.push(credential);
    }
    this.ignored = left
      .flatMap((credential) => whyIgnored(credential, this.#steps.get(credential.issuer) ?? []))
      .sort((a, b) => (a.credential.id < b.credential.id ? -1 : 1));
  }

  /** One path for each grant that a trusted credential, or the trust file itself, gives the key. */
  pathsOf(kid: string): readonly AuthorityPath[] {
    return (this.#steps.get(kid) ?? []).map(({ path }) => path);
  }

  /** Every key that stands above this one on any of its paths. */
  issuersOf(kid: string): ReadonlySet<string> {
    const issuers = new Set<string>();
    for (const step of this.#steps.get(kid) ?? []) for (const issuer of step.issuers) issuers.add(issuer);
    return issuers;
  }

  #place(credential: Credential, parents: readonly Step[], disputed: boolean): void {
    const [best] = [...parents].sort((a, b) => Number(a.path.disputed) - Number(b.path.disputed)) as [Step];
    const branch = `${credential.key} ${(best.path.credentials[0] ?? credential).issuer} ${best.path.credentials[0]?.key}`;
    const count = this.#counts.get(branch) ?? 0;
    if (count === MAX_PER_BRANCH) return;
    this.#counts.set(branch, count + 1);
    const issuers = new Set([credential.issuer]);
    for (const parent of parents) for (const issuer of parent.issuers) issuers.add(issuer);
    const path: AuthorityPath = {
      ...grantOf(credential),
      kid: credential.key,
      accreditation: credential.accreditation,
      authority: best.path.authority,
      credentials: [...best.path.credentials, credential],
      disputed: disputed || best.path.disputed,
    };
    const steps = this.#steps.get(credential.key);
    if (steps === undefined) this.#steps.set(credential.key, [{ path, issuers }]);
    else steps.push({ path, issuers });
  }
}

function grantOf({ party, roles, from, until, subjects, mayDelegate }: Grant): Grant {
  return { party, roles, from, until, subjects, mayDelegate };
}

function isWithin(child: Grant, parent: Grant): boolean {
  return mayIssue(parent, child) && widening(child, parent).length === 0;
}

/** By falling mayDelegate, then by id: the answer does not depend on the order of the input. */
function highestFirst(credentials: Iterable<Credential>): Credential[] {
  const unique = new Map(Array.from(credentials, (credential) => [credential.id, credential]));
  return [...unique.values()].sort((a, b) => b.mayDelegate - a.mayDelegate || (a.id < b.id ? -1 : 1));
}

/** None when nobody above its issuer is known: then there is no path to be left out of. */
function whyIgnored(credential: Credential, parents: readonly Step[]): IgnoredCredential[] {
  if (parents.length === 0) return [];
  const issuing = parents.filter(({ path }) => mayIssue(path, credential));
  if (issuing.length === 0) return [{ credential, code: 'credential.depth', beyond: ['mayDelegate'] }];
  const [nearest] = issuing
    .map(({ path }) => widening(credential, path))
    .sort((a, b) => a.length - b.length) as [string[]];
  return [{ credential, code: 'credential.widens', beyond: nearest }];
}
