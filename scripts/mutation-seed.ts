// Loaded before every test file of a mutation run: the same seed each time, so that a mutant's fate does not change
// from run to run.
import fc from 'fast-check';

declare const __MUTATION_RUNS__: number;

fc.configureGlobal({ seed: 20_261_123, numRuns: __MUTATION_RUNS__ });
