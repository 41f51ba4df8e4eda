import { sha256Hex } from '../crypto/hash.js';
import { GoodOrderError } from '../errors.js';
import { DiagnosticList } from './diagnostic-list.js';
import { ELEMENT_MEMBERS, type ElementMember, looseElement, type PassportElement } from './element.js';
import { PASSPORT_LIMIT, type ReadLimits } from './file.js';
import { type GivenElement, readEvidence } from './loose-evidence.js';
import { gatherPassport, type Passport } from './passport.js';

/** A passport file, or one element of a passport. */
export type EvidenceInput = Uint8Array | GivenElement;

/** Junk that a merge leaves out counts too while it is gathered: so many times the limit of one file is the end. */
const GATHERED_LIMITS = 4;

/** The union of passports and loose elements about one item; each element once, and whose input it came from first. */
export class EvidenceSet {
  /** Null until a passport tells it or the caller does. */
  item: string | null;
  /** What was irregular in the files themselves: members out of order, repeated elements. */
  readonly diagnostics = new DiagnosticList();
  readonly #byMember = new Map<ElementMember, Map<string, { bytes: Uint8Array; input: number }>>(
    ELEMENT_MEMBERS.map((member) => [member, new Map()]),
  );
  readonly #limits: ReadLimits;
  #inputs = 0;
  #size = 0;

  constructor(item: string | null, limits: ReadLimits = {}) {
    this.item = item;
    this.#limits = limits;
  }

  /** Throws GoodOrderError: `merge.item` for a passport of another item, and what `readEvidence` throws. */
  add(input: EvidenceInput): void {
    const number = this.#inputs;
    this.#inputs += 1;
    const evidence = readEvidence(input, this.#limits);
    if (evidence.kind === 'element') {
      this.#put(evidence.member, evidence.bytes, number);
      return;
    }
    const { file } = evidence;
    this.item ??= file.item;
    if (file.item !== this.item) {
      throw new GoodOrderError('merge.item', `two items: \`${this.item}\` and \`${file.item}\``, {
        member: 0,
      });
    }
    this.diagnostics.merge(file.diagnostics);
    for (const member of ELEMENT_MEMBERS) {
      for (const element of file.members[member]) this.#put(member, element.bytes, number);
    }
  }

  /** Everything but what the test refuses, as one passport. Throws GoodOrderError `passport.item` without an item. */
  gather(keep: (member: ElementMember, bytes: Uint8Array, hash: string) => boolean = () => true): Passport {
    if (this.item === null)
      throw new GoodOrderError('passport.item', 'loose evidence needs to be told its item');
    const elements: PassportElement[] = [];
    for (const [member, held] of this.#byMember) {
      // By hash, so that the order of the inputs does not show.
      for (const hash of [...held.keys()].sort()) {
        const { bytes } = held.get(hash)!;
        if (keep(member, bytes, hash)) elements.push(looseElement(member, bytes));
      }
    }
    return gatherPassport(this.item, elements);
  }

  /** Number of the input, from 0, that brought the element first. */
  inputOf(member: ElementMember, hash: string): number {
    return this.#byMember.get(member)?.get(hash)?.input ?? -1;
  }

  #put(member: ElementMember, bytes: Uint8Array, input: number): void {
    const held = this.#byMember.get(member)!;
    const hash = sha256Hex(bytes);
    if (held.has(hash)) return;
    const limit = GATHERED_LIMITS * (this.#limits.limit ?? PASSPORT_LIMIT);
    this.#size += bytes.length;
    if (this.#size > limit) {
      throw new GoodOrderError('passport.too-large', `more than ${limit} bytes to merge`);
    }
    // A copy: a view would hold the whole file it was read from.
    held.set(hash, { bytes: bytes.slice(), input });
  }
}
