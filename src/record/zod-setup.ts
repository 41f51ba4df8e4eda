import { config } from 'zod/mini';

// zod's compiled parsers use `new Function`, which a content security policy forbids. Imported for this effect by every
// file that makes schemas; zod itself is imported where it is used, because handing on its namespace would carry all of
// it, with fifty languages of messages, into every bundle.
config({ jitless: true });
