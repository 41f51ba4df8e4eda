import type { WatchedFile } from './block-coverage.js';
import { GuidedRun as Run } from './guided.js';
import { scannerTarget } from './scanner-target.js';

export const GuidedRun = {
  make: async (watched: WatchedFile, seed: number): Promise<Run> => Run.make(scannerTarget(), watched, seed),
};
