import { defineVerify } from './commands/verify.js';
import { main as runMain } from './main.js';

/** The entry of the bundle that `verify` has for itself: what it runs is there at once, and nothing is loaded later. */
export function main(argv: readonly string[]): Promise<void> {
  return runMain(argv, { verify: defineVerify });
}
