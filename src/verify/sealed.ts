import type { VerifiedPassport } from './verified-passport.js';

const sealed = new WeakSet<object>();

/**
 * Marks what verification has made. Plain JavaScript knows no brand: without this register any object of the right
 * shape would pass for verified evidence. Frozen as well, so that a real one cannot be edited afterwards.
 */
export function seal(passport: Omit<VerifiedPassport, symbol>): VerifiedPassport {
  freezeDeep(passport);
  sealed.add(passport);
  return passport as VerifiedPassport;
}

/** Was this very object made by `verifyPassport`? A copy of one was not. */
export function isVerifiedPassport(value: unknown): value is VerifiedPassport {
  return typeof value === 'object' && value !== null && sealed.has(value);
}

/** Arrays and plain objects, at any depth; byte arrays and maps cannot be frozen. Depth is bounded by the codec's 32. */
function freezeDeep(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  if (ArrayBuffer.isView(value) || value instanceof Map) return;
  Object.freeze(value);
  if (Array.isArray(value)) for (const item of value) freezeDeep(item);
  else for (const key in value) freezeDeep((value as Record<string, unknown>)[key]);
}
