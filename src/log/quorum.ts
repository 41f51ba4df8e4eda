/**
 * Which sets of witnesses are enough. Each name is a member once, so this is a tree and no witness counts in two ways.
 * Witnesses are public keys, never names.
 */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly publicKey: string }
  | { readonly kind: 'group'; readonly threshold: number; readonly members: readonly Quorum[] };

/** Seconds UTC between which a note, with its cosignature lines, came to be. */
export interface NoteTime {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The time that a quorum proves, from one time a public key (its earliest). Of k cosigners: upper is the k-th smallest,
 * lower the k-th largest; so one honest cosigner among any k bounds both sides. For nested groups: upper is the
 * earliest instant by which the quorum was complete, lower the latest from which on it was still complete. Null when it
 * is not met, or when the policy asks for no witness: a log's own signature states no time.
 */
export function quorumTime(quorum: Quorum, times: ReadonlyMap<string, number>): NoteTime | null {
  const upper = completeBy(quorum, times);
  if (upper === null) {
    return null;
  }
  const negated = new Map(Array.from(times, ([publicKey, time]) => [publicKey, -time]));
  return { lower: -(completeBy(quorum, negated) as number), upper };
}

/** The smallest t such that the witnesses with a time up to t are a quorum; null when all of them are not. */
function completeBy(quorum: Quorum, times: ReadonlyMap<string, number>): number | null {
  switch (quorum.kind) {
    case 'none':
      return null;
    case 'witness':
      return times.get(quorum.publicKey) ?? null;
    case 'group': {
      const met = quorum.members
        .map((member) => completeBy(member, times))
        .filter((time) => time !== null)
        .sort((a, b) => a - b);
      return met[quorum.threshold - 1] ?? null;
    }
  }
}
