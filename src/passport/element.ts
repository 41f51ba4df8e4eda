/** Members of a passport file by their integer key (format.md, "Passport file"). */
export const MEMBER = {
  item: 0,
  records: 1,
  keys: 2,
  credentials: 3,
  openings: 4,
  notes: 5,
  tokens: 6,
  receipts: 7,
  attachments: 8,
} as const;

/** A member that holds elements: 1 records … 8 attachments. */
export type ElementMember = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export const ELEMENT_MEMBERS: readonly ElementMember[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Where an element stands. Loose elements, not read from a file, have index and offset −1. */
export interface ElementPlace {
  readonly member: ElementMember;
  readonly index: number;
  readonly offset: number;
}

/**
 * One element of a passport: a record, key, credential, opening, note, token, receipt or attachment. It holds offsets
 * and cuts its bytes when asked: a million views made at once would take more memory than the file.
 */
export class PassportElement implements ElementPlace {
  readonly #source: Uint8Array;

  constructor(
    source: Uint8Array,
    readonly member: ElementMember,
    readonly index: number,
    /** Byte offset of the contents in the file. */
    readonly offset: number,
    readonly length: number,
  ) {
    this.#source = source;
  }

  get bytes(): Uint8Array {
    const start = this.offset < 0 ? 0 : this.offset;
    return this.#source.subarray(start, start + this.length);
  }
}

/** An element that does not come from a passport file. */
export function looseElement(member: ElementMember, bytes: Uint8Array): PassportElement {
  return new PassportElement(bytes, member, -1, -1, bytes.length);
}

/** The place to put into a diagnostic; a loose element has none but its member. */
export function placeOf(
  element: ElementPlace,
  offsetInside = 0,
): { member: number; index?: number; offset?: number } {
  if (element.offset < 0) return { member: element.member };
  return { member: element.member, index: element.index, offset: element.offset + offsetInside };
}
