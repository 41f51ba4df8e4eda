import { type Diagnostic, diagnostic } from '../diagnostic.js';

/** One file that a media record names, hashes in lowercase hex. */
export interface SignedMedia {
  /** Id of the record, and the file's index in it. */
  readonly record: string;
  readonly index: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly chunkRoot?: string;
}

/** One file that somebody holds. */
export interface GivenMedia {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly chunkRoot?: string;
}

export interface MediaCheck {
  /** `media.absent` and `media.mismatch`, in the order of the signed files. */
  readonly diagnostics: readonly Diagnostic[];
  readonly matched: readonly { readonly signed: SignedMedia; readonly name: string }[];
  /** Names of files that nobody signed and that are exactly as long as a signed one that is not here. */
  readonly altered: readonly string[];
  /** Names of other files that nobody signed; one may be a recompressed copy of one that somebody did. */
  readonly unsigned: readonly string[];
}

/**
 * Holds given files against signed ones. What matches is decided by SHA-256 alone: names prove nothing. A signed file
 * that is not among them is absent, unless a file that nobody signed has exactly its length: then that one is taken
 * for an altered copy. A chunk root that is not the one of the signed bytes is a mismatch too: the record's byte
 * ranges would prove something else.
 */
export function checkMedia(signed: readonly SignedMedia[], given: readonly GivenMedia[]): MediaCheck {
  const byHash = new Map(given.map((file) => [file.sha256, file]));
  const wanted = new Set(signed.map(({ sha256 }) => sha256));
  const strangers = given.filter(({ sha256 }) => !wanted.has(sha256));
  const firstOfLength = new Map(strangers.toReversed().map((file) => [file.bytes, file]));
  const alteredLengths = new Set<number>();
  const diagnostics: Diagnostic[] = [];
  const matched: { signed: SignedMedia; name: string }[] = [];
  for (const file of signed) {
    const place = { record: file.record, path: `files[${file.index}]` };
    const same = byHash.get(file.sha256);
    const copy = firstOfLength.get(file.bytes);
    if (same !== undefined && hasRoot(same, file)) matched.push({ signed: file, name: same.name });
    else if (same !== undefined) {
      diagnostics.push(diagnostic('media.mismatch', place, { file: same.name, part: 'chunkRoot' }));
    } else if (copy !== undefined) {
      alteredLengths.add(file.bytes);
      diagnostics.push(diagnostic('media.mismatch', place, { file: copy.name, sha256: file.sha256 }));
    } else diagnostics.push(diagnostic('media.absent', place, { sha256: file.sha256 }));
  }
  const isAltered = ({ bytes }: GivenMedia): boolean => alteredLengths.has(bytes);
  return {
    diagnostics,
    matched,
    altered: strangers.filter(isAltered).map(({ name }) => name),
    unsigned: strangers.filter((file) => !isAltered(file)).map(({ name }) => name),
  };
}

function hasRoot(given: GivenMedia, signed: SignedMedia): boolean {
  return (
    given.chunkRoot === undefined || signed.chunkRoot === undefined || given.chunkRoot === signed.chunkRoot
  );
}
