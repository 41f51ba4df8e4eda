import { toHex } from '../codec/hex.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { provenSubtrees } from '../merkle/proven-subtrees.js';
import type { Checkpoint } from './checkpoint.js';
import type { EvaluatedNote, NoteStatement } from './note-time.js';
import { type Receipt, receiptProof } from './receipt.js';

/** One key signed two trees that cannot both be beginnings of one log. The notes, and for unequal sizes receipts under them, are the proof. */
export interface Contradiction {
  readonly code: 'log.split-view' | 'log.rollback' | 'witness.equivocation';
  /** 64 hex digits: the key at fault. */
  readonly publicKey: string;
  readonly origin: string;
  /** Hashes of two notes that the key signed, the smaller first. */
  readonly notes: readonly [string, string];
  readonly sizes: readonly [number, number];
}

/** One signed tree: all notes that state it, and what it fixes for ever, a value for each place of the log. */
interface Tree {
  readonly origin: string;
  readonly size: number;
  readonly notes: EvaluatedNote[];
  readonly claims: Map<string, string>;
}

/**
 * Contradictions that the bytes at hand prove, and nothing else. Two trees of one origin disagree when they have the
 * same size and different roots, or when receipts that verify under them show different hashes for one *complete*
 * subtree (a single leaf, say), which no append can change. Mere order is no proof: a smaller checkpoint cosigned at a
 * later time can be an honest witness whose clock was put right, and is not reported. A log's key is named when its own
 * line verified on both notes, a witness's when its cosignature did; two keys that each signed one tree accuse nobody.
 *
 * `log.split-view`: the same size. `log.rollback`: different sizes, as after a restored backup.
 */
export function findContradictions(
  notes: readonly EvaluatedNote[],
  receipts: readonly Receipt[],
): readonly Contradiction[] {
  const found: Contradiction[] = [];
  for (const trees of contestedOrigins(notes, receipts)) {
    const places = new Map<string, Map<string, Tree[]>>();
    for (const tree of trees) {
      for (const [place, value] of tree.claims) {
        const byValue = getOrAdd(places, place, () => new Map<string, Tree[]>());
        getOrAdd(byValue, value, () => []).push(tree);
      }
    }
    for (const byValue of places.values()) {
      if (byValue.size > 1) {
        found.push(...accuse(Array.from(byValue.values())));
      }
    }
  }
  return onePerKey(found);
}

/** Both notes are named, so that anyone can check. */
export function contradictionDiagnostics(contradictions: readonly Contradiction[]): Diagnostic[] {
  return contradictions.map(({ code, publicKey, origin, notes, sizes }) =>
    diagnostic(code, {}, { key: publicKey, origin, notes, sizes: sizes.map(String) }),
  );
}

/** The trees of every origin for which the notes state more than one. */
function contestedOrigins(notes: readonly EvaluatedNote[], receipts: readonly Receipt[]): Tree[][] {
  const origins = new Map<string, Map<string, Tree>>();
  const byHash = new Map<string, Tree>();
  for (const note of notes) {
    if (note.statement === null || note.origin === null) {
      continue;
    }
    const { place, value, size } = rootClaim(note.statement);
    const tree = getOrAdd(
      getOrAdd(origins, note.origin, () => new Map<string, Tree>()),
      `${place} ${value}`,
      () => ({
        origin: note.origin as string,
        size,
        notes: [],
        claims: new Map([[place, value]]),
      }),
    );
    tree.notes.push(note);
    byHash.set(note.hash, tree);
  }
  for (const receipt of receipts) {
    const tree = byHash.get(receipt.note);
    const checkpoint = tree === undefined ? null : checkpointOf(tree.notes[0]);
    // With one tree nothing can disagree: spare the work.
    if (tree !== undefined && checkpoint !== null && (origins.get(tree.origin)?.size ?? 0) > 1) {
      addProven(tree, receipt, checkpoint);
    }
  }
  return Array.from(origins.values(), (trees) => Array.from(trees.values())).filter(
    (trees) => trees.length > 1,
  );
}

function checkpointOf(note: EvaluatedNote | undefined): Checkpoint | null {
  return note?.statement?.kind === 'checkpoint' ? note.statement.checkpoint : null;
}

function rootClaim(statement: NoteStatement): { place: string; value: string; size: number } {
  if (statement.kind === 'subject-answer') {
    const { size, subject, count, root } = statement.answer;
    return { place: `answer ${size} ${subject}`, value: `${count} ${root}`, size };
  }
  const { size, root } = statement.checkpoint;
  return { place: `root ${size}`, value: root, size };
}

function addProven(tree: Tree, receipt: Receipt, checkpoint: Checkpoint): void {
  for (const { level, index, hash } of provenSubtrees(receiptProof(receipt, checkpoint)) ?? []) {
    tree.claims.set(`node ${level} ${index}`, toHex(hash));
  }
}

interface Signed {
  readonly note: string;
  readonly size: number;
}

interface Signer {
  readonly role: 'log' | 'witness';
  /** By the number of the value: of the notes that state it, the one with the smallest hash. */
  readonly signed: Map<number, Signed>;
}

/** Of the trees that disagree at one place, the keys that signed two of them. */
function accuse(values: readonly (readonly Tree[])[]): Contradiction[] {
  const signers = new Map<string, Signer>();
  for (const [number, trees] of values.entries()) {
    for (const { size, notes } of trees) {
      for (const { hash, logKeys, witnesses } of notes) {
        for (const key of logKeys) {
          remember(signers, key, 'log', number, { note: hash, size });
        }
        for (const { publicKey } of witnesses) {
          remember(signers, publicKey, 'witness', number, { note: hash, size });
        }
      }
    }
  }
  const [[tree]] = values as [[Tree]];
  const { origin } = tree;
  const found: Contradiction[] = [];
  for (const [publicKey, { role, signed }] of signers) {
    const [first, second] = Array.from(signed.values()).sort((a, b) => (a.note < b.note ? -1 : 1));
    if (first !== undefined && second !== undefined) {
      const view = first.size === second.size ? 'log.split-view' : 'log.rollback';
      const code = role === 'witness' ? 'witness.equivocation' : view;
      const notes = [first.note, second.note] as const;
      found.push({ code, publicKey, origin, notes, sizes: [first.size, second.size] });
    }
  }
  return found;
}

function remember(
  signers: Map<string, Signer>,
  key: string,
  role: Signer['role'],
  value: number,
  entry: Signed,
): void {
  const { signed } = getOrAdd(signers, key, () => ({ role, signed: new Map<number, Signed>() }));
  const held = signed.get(value);
  if (held === undefined || entry.note < held.note) {
    signed.set(value, entry);
  }
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const held = map.get(key);
  if (held !== undefined) {
    return held;
  }
  const made = make();
  map.set(key, made);
  return made;
}

/** One finding a key, code and origin: the pair of smallest hashes, whatever the order of the input. */
function onePerKey(found: readonly Contradiction[]): Contradiction[] {
  const smallest = new Map<string, Contradiction>();
  for (const contradiction of found) {
    const key = `${contradiction.code} ${contradiction.publicKey} ${contradiction.origin}`;
    const held = smallest.get(key);
    if (held === undefined || contradiction.notes.join() < held.notes.join()) {
      smallest.set(key, contradiction);
    }
  }
  return Array.from(smallest.keys())
    .sort()
    .map((key) => smallest.get(key) as Contradiction);
}
