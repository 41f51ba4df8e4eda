import type { CommandEntry } from '../command.js';

const CHECK = 'Check evidence';
const LOOK = 'Look inside';
const MAKE = 'Make evidence';
const KEYS = 'Keys and trust';
const RULES = 'Rules';
const MISC = 'Misc';

/** Every command, in the order of the help. A new command is one file here and one line below. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'verify',
    group: CHECK,
    summary: 'check passports: intact, whose word, when, what is missing',
    load: async () => (await import('./verify.js')).defineVerify,
  },
  {
    name: 'find',
    group: CHECK,
    summary: 'compute who answers to whom in a dispute, and why',
    load: async () => (await import('./find.js')).defineFind,
  },
  {
    name: 'what-if',
    group: CHECK,
    summary: 'what a finding rests on, and what would change it',
    load: async () => (await import('./what-if.js')).defineWhatIf,
  },
  {
    name: 'preflight',
    group: CHECK,
    summary: 'before shipping: who would bear a loss, and what to record now',
    load: async () => (await import('./preflight.js')).definePreflight,
  },
  {
    name: 'settle',
    group: CHECK,
    summary: 'what to pay: instructions, delivery confirmations, triggers',
    load: async () => (await import('./settle.js')).defineSettle,
  },
  {
    name: 'watch',
    group: CHECK,
    summary: 'tell once when the deciding record arrives',
    load: async () => (await import('./watch.js')).defineWatch,
  },
  {
    name: 'explain',
    group: CHECK,
    summary: 'explain a code, or one record of a passport',
    load: async () => (await import('./explain.js')).defineExplain,
  },
  {
    name: 'diff',
    group: CHECK,
    summary: 'what two passports have in common and what not',
    load: async () => (await import('./diff.js')).defineDiff,
  },
  {
    name: 'show',
    group: LOOK,
    summary: 'what a passport or one of its records says',
    load: async () => (await import('./show.js')).defineShow,
  },
  {
    name: 'timeline',
    group: LOOK,
    summary: 'who held the item when, and what was seen',
    load: async () => (await import('./timeline.js')).defineTimeline,
  },
  {
    name: 'extract',
    group: LOOK,
    summary: 'take records, photos and other elements out of a passport',
    load: async () => (await import('./extract.js')).defineExtract,
  },
  {
    name: 'inspect',
    group: LOOK,
    summary: 'the bytes of a file, annotated',
    load: async () => (await import('./inspect.js')).defineInspect,
  },
  {
    name: 'init',
    group: MAKE,
    summary: 'set up a folder to sign in, with a first key',
    load: async () => (await import('./init.js')).defineInit,
  },
  {
    name: 'record',
    group: MAKE,
    summary: 'write an unsigned draft of a record',
    load: async () => (await import('./record.js')).defineRecord,
  },
  {
    name: 'sign',
    group: MAKE,
    summary: 'sign a draft, and add it to the passport you hold',
    load: async () => (await import('./sign.js')).defineSign,
  },
  {
    name: 'countersign',
    group: MAKE,
    summary: 'agree to, reserve on or refuse another party’s record',
    load: async () => (await import('./countersign.js')).defineCountersign,
  },
  {
    name: 'media',
    group: MAKE,
    summary: 'seal photos and videos by hash, and check them',
    load: async () => (await import('./media.js')).defineMedia,
  },
  {
    name: 'sensor',
    group: MAKE,
    summary: 'read logger files into a draft',
    load: async () => (await import('./sensor.js')).defineSensor,
  },
  {
    name: 'merge',
    group: MAKE,
    summary: 'bring passports and records of one item together',
    load: async () => (await import('./merge.js')).defineMerge,
  },
  {
    name: 'export',
    group: MAKE,
    summary: 'hand on a passport, with a signed statement of what it holds',
    load: async () => (await import('./export.js')).defineExport,
  },
  {
    name: 'key',
    group: KEYS,
    summary: 'make, show, rotate and revoke signing keys',
    load: async () => (await import('./key.js')).defineKey,
  },
  {
    name: 'credential',
    group: KEYS,
    summary: 'say who may sign what',
    load: async () => (await import('./credential.js')).defineCredential,
  },
  {
    name: 'trust',
    group: KEYS,
    summary: 'list, extend, check and suggest whom to believe',
    load: async () => (await import('./trust.js')).defineTrust,
  },
  {
    name: 'pack',
    group: RULES,
    summary: 'list, show, check, test and hash rule packs',
    load: async () => (await import('./pack.js')).definePack,
  },
  {
    name: 'demo',
    group: MISC,
    summary: 'a whole dispute, start to finish, in a folder to play with',
    load: async () => (await import('./demo.js')).defineDemo,
  },
  {
    name: 'doctor',
    group: MISC,
    summary: 'is the signing folder in order: keys, state, clock, credentials',
    load: async () => (await import('./doctor.js')).defineDoctor,
  },
  {
    name: 'completion',
    group: MISC,
    summary: 'a script that completes command lines in your shell',
    load: async () => (await import('./completion.js')).defineCompletion,
  },
  {
    name: 'version',
    group: MISC,
    summary: 'versions of the program, format, packs and schemas',
    load: async () => (await import('./version.js')).defineVersion,
  },
];
