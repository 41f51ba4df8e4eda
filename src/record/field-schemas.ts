import { parseParty } from '../subject/party.js';
import { parseSubject } from '../subject/subject.js';
import { isPlainMap } from './plain-value.js';
import './zod-setup.js';
import * as z from 'zod/mini';

/** Builds a schema at its first use: building all of them at load would cost more than verifying a passport. */
export function once<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

// zod takes 10 µs and more for every schema object while the engine is cold, and a short run needs ten record types: parts
// that say the same are one object.

const optionals = new WeakMap<z.core.$ZodType, z.core.$ZodType>();

/** May be absent; present and undefined it may not be. */
export function optional<T extends z.core.SomeType>(inner: T): z.ZodMiniExactOptional<T> {
  const known = optionals.get(inner as unknown as z.core.$ZodType);
  if (known !== undefined) return known as unknown as z.ZodMiniExactOptional<T>;
  const made = z.exactOptional(inner);
  optionals.set(inner as unknown as z.core.$ZodType, made);
  return made;
}

const nothing = once(() => z.never());

/** A map of these members and no others. */
export function strictObject<T extends z.core.$ZodLooseShape>(
  shape: T,
): z.ZodMiniObject<z.core.util.Writeable<T>, z.core.$strict> {
  const made: unknown = new z.ZodMiniObject({ type: 'object', shape, catchall: nothing() });
  return made as z.ZodMiniObject<z.core.util.Writeable<T>, z.core.$strict>;
}

const words = new Map<string, z.core.$ZodType>();

/** One of these words. */
export function oneOf<const T extends readonly string[]>(
  values: T,
): z.ZodMiniEnum<z.core.util.ToEnum<T[number]>> {
  const name = values.join(' ');
  const known = words.get(name);
  if (known !== undefined) return known as unknown as z.ZodMiniEnum<z.core.util.ToEnum<T[number]>>;
  const made = z.enum(values);
  words.set(name, made);
  return made as unknown as z.ZodMiniEnum<z.core.util.ToEnum<T[number]>>;
}

/** The last second of the year 9999, which every text form can write. */
export const MAX_UTC_S = 253_402_300_799;

/** Digest at a private place. The clear value travels beside the record as an opening, and only where its holder wants. */
export type PrivateDigest<T> = Uint8Array & { readonly clearValue?: T };

/** Whole-byte length of the text's UTF-8 form; the text is well-formed, the codec saw to that. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is two units and four bytes; any other unit above 0x7ff is three bytes.
    if (unit >= 0x800) length += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    else if (unit >= 0x80) length += 1;
  }
  return length;
}

const texts = new Map<number, z.ZodMiniString<string>>();

/** Text of 1 to `maxBytes` bytes of UTF-8. */
export function text(maxBytes: number): z.ZodMiniString<string> {
  const known = texts.get(maxBytes);
  if (known !== undefined) return known;
  // Text is never shorter in bytes than in UTF-16 units, and never longer than three times those.
  const fits = (value: string): boolean => value.length * 3 <= maxBytes || utf8Length(value) <= maxBytes;
  const made = z.string().check(z.minLength(1), z.maxLength(maxBytes), z.refine(fits));
  texts.set(maxBytes, made);
  return made;
}

/** Codes, names, numbers of reports. */
export const shortText = once(() => text(200));
/** A sentence or a few. */
export const longText = once(() => text(4000));

const integers = new Map<string, z.ZodMiniNumberFormat>();

export function integer(min: number, max: number): z.ZodMiniNumberFormat {
  const name = `${min} ${max}`;
  const known = integers.get(name);
  if (known !== undefined) return known;
  const made = z.int().check(z.gte(min), z.lte(max));
  integers.set(name, made);
  return made;
}

export const count = once(() => integer(0, Number.MAX_SAFE_INTEGER));
export const positive = once(() => integer(1, Number.MAX_SAFE_INTEGER));
export const signed = once(() => z.int());
export const permille = once(() => integer(0, 1000));

export function bytes(min: number, max: number) {
  return z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length >= min && value.length <= max,
  );
}

/** A bare 32-byte SHA-256: record id, statement hash, Merkle root. */
export const hash32 = once(() => bytes(32, 32));
export const recordId = hash32;
export const kid = hash32;

/** Digest of something outside: [-16 (COSE SHA-256), 32 bytes]. */
export const digest = once(() => z.tuple([z.literal(-16), hash32()]));
export type Digest = z.infer<ReturnType<typeof digest>>;

/** A private place: in a signed record always the 32-byte field digest, never the value. */
export function privateDigest<T>() {
  return z.custom<PrivateDigest<T>>((value) => value instanceof Uint8Array && value.length === 32);
}

/** Instant with the local offset that stood beside it: civil-day limits need it. */
export const instant = once(() =>
  strictObject({ utcS: integer(0, MAX_UTC_S), offsetMin: integer(-1439, 1439) }),
);
export type Instant = z.infer<ReturnType<typeof instant>>;

export const party = once(() => z.string().check(z.refine((value) => parseParty(value) !== null)));
export const subjectUri = once(() => z.string().check(z.refine((value) => parseSubject(value).ok)));

/** ISO 4217 alphabetic code; XDR is the special drawing right of the transport conventions. */
export const currency = once(() => z.string().check(z.regex(/^[A-Z]{3}$/)));
/** ISO 3166-1 alpha-2. */
export const country = once(() => z.string().check(z.regex(/^[A-Z]{2}$/)));
/** UN/CEFACT Recommendation 20 unit code, as in `CEL`. */
export const unitCode = once(() => z.string().check(z.regex(/^[0-9A-Z]{1,3}$/)));
/** IANA media type without parameters. */
export const mediaType = once(() =>
  z.string().check(z.maxLength(127), z.regex(/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/)),
);

/** A map in which every entry is optional but an empty one would say nothing. */
export function someOf<T extends z.core.$ZodLooseShape>(shape: T) {
  return strictObject(shape).check(z.refine((value) => Object.keys(value).length > 0));
}

/** Private extensions: any map with text keys; nobody else gives it a meaning. */
export const extension = once(() => z.custom<Readonly<Record<string, unknown>>>(isPlainMap));

/** A measured value of any quantity: value × 10^-decimals, in a UN/CEFACT unit. */
export const measured = once(() =>
  strictObject({ value: signed(), decimals: integer(0, 12), unitCode: unitCode() }),
);

/** Shock a thing may take on one axis. Beyond the limit means beyond both figures (the damage boundary of ASTM D3332). */
export const shockLimit = once(() =>
  strictObject({
    axis: oneOf(['x', 'y', 'z', 'any']),
    maxPeakMilliG: positive(),
    maxDeltaVUmPerS: positive(),
  }),
);

export const climateLimit = once(() =>
  someOf({
    minMilliC: optional(signed()),
    maxMilliC: optional(signed()),
    maxRhPermille: optional(permille()),
  }),
);
