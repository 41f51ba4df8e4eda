#!/usr/bin/env node
import module from 'node:module';

module.enableCompileCache?.();
// Loading cbor-x's native addon takes longer than the command needs for a whole passport.
process.env.CBOR_NATIVE_ACCELERATION_DISABLED ??= 'true';
const { main } = await import('../dist/cli/main.js');
await main(process.argv.slice(2));
