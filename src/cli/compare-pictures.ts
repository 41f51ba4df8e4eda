import { resolve } from 'node:path';
import { readPicture } from '../capture/node/read-picture.js';
import { hashFile } from '../capture/node/seal-media.js';
import { comparePictures, PICTURE_HASH_BITS, type PictureComparison } from '../capture/picture-hash.js';
import { toHex } from '../codec/hex.js';
import { GoodOrderError } from '../errors.js';
import type { MediaFile } from '../record/types/media.js';
import { COMPARE_WORDS } from '../report/labels/compare-words.js';
import { type StyledLine, styled } from '../report/styled-line.js';
import { visibleText } from '../report/visible-text.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { verifyPassport } from '../verify/verify-passport.js';
import type { GlobalOptions, Session } from './command.js';
import type { Io } from './io.js';
import { readInput, unreadable } from './read-input.js';
import { readTrust } from './read-trust.js';

export interface CompareOptions extends GlobalOptions {
  readonly passport?: string;
  readonly trust?: string;
  readonly at?: number;
}

interface ComparedOriginal extends PictureComparison {
  readonly original: string;
  /** The same bytes: then nothing has to be guessed. */
  readonly same: boolean;
  /** One of the two is cut short or damaged. */
  readonly damaged: boolean;
  /** Numbers of the records that signed the original; null where no passport was given. */
  readonly signedIn: readonly number[] | null;
}

/** Hints whether a picture is a copy of each original, best first. */
export async function comparePictureFiles(
  sent: string,
  originals: readonly string[],
  options: CompareOptions,
  session: Session,
): Promise<void> {
  const { io } = session;
  const passport = await signedPassport(options, io);
  const given = await opened(sent, io);
  const compared: ComparedOriginal[] = [];
  for (const original of originals) {
    const other = await opened(original, io);
    compared.push({
      original,
      ...comparePictures(given.grey, other.grey),
      same: given.sha256 === other.sha256,
      damaged: given.damaged || other.damaged,
      signedIn: passport === null ? null : recordsThatSigned(passport, other.sha256),
    });
  }
  compared.sort((a, b) => a.distance - b.distance);
  const words = COMPARE_WORDS[options.lang];
  session.result(options, { schemaVersion: 1, sent, hintOnly: true, originals: compared }, [
    ...compared.flatMap((one) => linesOf(one, options)),
    [],
    [styled('faint', words.onlyAHint)],
  ]);
}

function linesOf(one: ComparedOriginal, { lang }: GlobalOptions): StyledLine[] {
  const words = COMPARE_WORDS[lang];
  const { damaged, distance, hint, original, same, signedIn, turn } = one;
  const lines: StyledLine[] = [[styled('strong', visibleText(original))]];
  lines.push([`  ${same ? words.same : words.hint[hint]}`]);
  if (!same) {
    const turned = turn === 'as-is' || hint === 'no-sign' ? '' : `, ${words.turn[turn]}`;
    lines.push([styled('faint', `  ${words.bits(distance, PICTURE_HASH_BITS)}${turned}`)]);
    if (damaged) lines.push([styled('caution', `  ${words.damaged}`)]);
  }
  if (signedIn !== null) {
    lines.push([`  ${signedIn.length === 0 ? words.notSigned : words.signed(signedIn.join(', '))}`]);
  }
  return lines;
}

async function opened(
  name: string,
  io: Io,
): Promise<{ readonly grey: Uint8Array; readonly damaged: boolean; readonly sha256: string }> {
  const path = resolve(io.cwd, name);
  try {
    const { sha256 } = await hashFile(path);
    return { ...(await readPicture(path)), sha256 };
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw unreadable(name, error);
    const { file: _, ...place } = error.place;
    throw new GoodOrderError(
      error.code,
      error.message.replaceAll(path, name),
      { ...place, file: name },
      error,
    );
  }
}

async function signedPassport(
  { at, passport, trust }: CompareOptions,
  io: Io,
): Promise<VerifiedPassport | null> {
  if (passport === undefined) return null;
  const { bytes } = await readInput(passport, io);
  return verifyPassport(bytes, {
    trust: trust === undefined ? null : await readTrust(trust, io),
    at: at ?? io.now(),
  });
}

/** Of media records whose signature holds. */
function recordsThatSigned({ records }: VerifiedPassport, sha256: string): readonly number[] {
  return records
    .filter(({ payload, state, type }) => {
      if (type !== 'media' || state === 'invalid' || payload === null) return false;
      const { files = [] } = payload as { readonly files?: readonly MediaFile[] };
      return files.some((file) => toHex(file.sha256[1]) === sha256);
    })
    .map(({ number }) => number);
}
