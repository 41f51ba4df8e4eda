import * as z from 'zod/mini';

// zod's compiled parsers use `new Function`, which a content security policy forbids.
z.config({ jitless: true });

export { z };
