import { Decoder } from 'cbor-x';
import { expect, vi } from 'vitest';
import { decodeCbor } from '../../src/codec/cbor.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import type { CheckCode } from '../../src/codes.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { AT } from '../verify/story.js';
import { SPOTS } from './forge.js';
import { found, troubles, verdictOn } from './verdict.js';

export interface Malformed {
  readonly hex: string;
  readonly code: CheckCode;
  /** Where the fault lies, from the first of these bytes. */
  readonly at: number;
}

export const malformed = (code: CheckCode, at: number, ...hexes: readonly string[]): Malformed[] =>
  hexes.map((hex) => ({ hex, code, at }));

/** From now on what the decoder is given and the scanner would refuse: nothing ever may be. */
export function watchDecoder(): string[] {
  const refused: string[] = [];
  const prototype = Decoder.prototype as unknown as { decode(source: Uint8Array, end: number): unknown };
  const { decode } = prototype;
  vi.spyOn(prototype, 'decode').mockImplementation(function (this: unknown, source, end) {
    // At once, because the codec's adapter uses one array again and again.
    const given = source.slice(0, end);
    if (scanCbor(given) !== null) refused.push(toHex(given));
    return decode.call(this, source, end);
  });
  return refused;
}

/** In every place where CBOR is read: TOTAL-FAILED for this one reason, at this very byte; the decoder never sees it. */
export async function refusedEverywhere(values: readonly Malformed[]): Promise<void> {
  const unscanned = watchDecoder();
  for (const { hex, code, at: delta } of values) {
    for (const spot of SPOTS) {
      const { story, bytes, at } = await spot.put(fromHex(hex));
      const passport = await verdictOn(story, { bytes });
      const named = `${hex.slice(0, 80)} in ${spot.name}`;
      expect([named, passport.verdict, troubles(passport)]).toEqual([named, 'TOTAL-FAILED', [code]]);
      expect([named, found(passport, code).map(({ offset }) => offset)]).toEqual([named, [at + delta]]);
    }
    expect(() => decodeCbor(fromHex(hex))).toThrow(
      expect.objectContaining({ code, place: { offset: delta } }),
    );
  }
  expect(unscanned).toEqual([]);
  vi.restoreAllMocks();
}

/** A passport whose outer structure is these bytes behind the magic. */
export async function fileOf(hex: string): Promise<string[]> {
  const passport = await verifyPassport(concatBytes(fromHex('89474f5041535301'), fromHex(hex)), {
    trust: null,
    at: AT,
  });
  return passport.diagnostics.map(({ code, offset }) =>
    offset === undefined ? code : `${code} at ${offset}`,
  );
}
