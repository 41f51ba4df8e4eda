import type { Code } from '../../codes.js';

/** One plain sentence for people, without a full stop, about what a code says; never about who is to blame. */
export type CodeLabels = Readonly<Record<Code, string>>;

/** Languages that every sentence exists in. */
export type Language = 'en' | 'zh';
