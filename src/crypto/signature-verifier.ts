/** A key that has been looked at and opened once, to verify many signatures by its one algorithm's strict rule. */
export interface SignatureVerifier {
  /** On this thread; a promise only where the machine knows no other way. */
  holds(signature: Uint8Array, message: Uint8Array): boolean | Promise<boolean>;
  /** On another thread where there is one; `done` is called later, never before this returns. */
  begin(signature: Uint8Array, message: Uint8Array, done: VerdictCallback): void;
}

/** Told what came of it, or of a failure of the machine. */
export type VerdictCallback = (error: Error | null, holds: boolean) => void;

/** A verifier of a machine that only has promises to give. */
export function promisedVerifier(
  verify: (signature: Uint8Array, message: Uint8Array) => Promise<boolean>,
): SignatureVerifier {
  return {
    holds: verify,
    begin: (signature, message, done) =>
      void verify(signature, message).then(
        (holds) => done(null, holds),
        (error: Error) => done(error, false),
      ),
  };
}
