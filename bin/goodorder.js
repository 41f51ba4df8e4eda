#!/usr/bin/env node
import module from 'node:module';

module.enableCompileCache?.();
// Loading cbor-x's native addon takes longer than the command needs for a whole passport.
process.env.CBOR_NATIVE_ACCELERATION_DISABLED ??= 'true';
const words = process.argv.slice(2);
// `verify` has a bundle of its own, half the size: most of a short run is loading.
const verifying = words.find((word) => !word.startsWith('-')) === 'verify';
const { main } = await import(verifying ? '../dist/verify/verify.js' : '../dist/cli/main.js');
await main(words);
