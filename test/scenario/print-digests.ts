import { findingDigests } from './finding-digests.js';

// Run in a process of its own, under another time zone and language, by determinism.test.ts.
process.stdout.write(JSON.stringify(await findingDigests(process.argv[2])));
