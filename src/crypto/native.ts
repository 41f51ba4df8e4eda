import type * as NodeCrypto from 'node:crypto';

/**
 * `node:crypto` where there is one, else null. Asked for at run time and not imported, so that the same file loads in
 * a browser (`process.getBuiltinModule`: Node 20.16 and later).
 */
export function nativeCrypto(): typeof NodeCrypto | null {
  return native;
}

const native: typeof NodeCrypto | null = globalThis.process?.getBuiltinModule?.('node:crypto') ?? null;
