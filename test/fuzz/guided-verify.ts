import type { WatchedFile } from './block-coverage.js';
import { GuidedRun as Run } from './guided.js';
import { verifyTarget } from './verify-target.js';

export const GuidedRun = {
  make: async (watched: WatchedFile, seed: number): Promise<Run> =>
    Run.make(await verifyTarget(), watched, seed),
};
