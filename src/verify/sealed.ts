import type { VerifiedPassport, VerifiedRecord } from './verified-passport.js';

const sealed = new WeakSet<object>();

/**
 * Marks what verification has made. Plain JavaScript knows no brand: without this register any object of the right
 * shape would pass for verified evidence. Frozen as well, so that a real one cannot be edited afterwards.
 */
export function seal(passport: Omit<VerifiedPassport, symbol>): VerifiedPassport {
  const { axes, records, diagnostics, counts, elements, trust } = passport;
  for (const found of diagnostics) freezeDeep(found);
  for (const answer of Object.values(axes)) freezeAll(answer, answer.diagnostics, answer.lowering);
  freezeAll(axes, records, diagnostics, counts, elements, trust, passport);
  sealed.add(passport);
  return passport as VerifiedPassport;
}

/** Was this very object made by `verifyPassport`? A copy of one was not. */
export function isVerifiedPassport(value: unknown): value is VerifiedPassport {
  // Anything that is no object is in no set.
  return sealed.has(value as object);
}

/** A record, but not its payload, which freezes itself when it is made. */
export function sealRecord(record: VerifiedRecord): VerifiedRecord {
  const { roles, accreditation, time, pins, pinnedBy, answers, diagnostics } = record;
  freezeAll(roles, accreditation, time, pins, pinnedBy, answers, diagnostics);
  return Object.freeze(record);
}

function freezeAll(...values: readonly (object | null)[]): void {
  for (const value of values) Object.freeze(value);
}

/** Arrays and plain objects, at any depth, which the codec bounds; byte arrays and maps cannot be frozen. */
export function freezeDeep<T>(value: T): T {
  // Whatever is no object counts as frozen.
  if (Object.isFrozen(value) || ArrayBuffer.isView(value) || value instanceof Map) return value;
  Object.freeze(value);
  if (Array.isArray(value)) for (const item of value) freezeDeep(item);
  else for (const one of Object.values(value as object)) freezeDeep(one);
  return value;
}
