#!/usr/bin/env node
'use strict';

require('node:module').enableCompileCache?.();
const words = process.argv.slice(2);
// `verify` has a bundle of its own, half the size: most of a short run is loading.
if (words.find((word) => !word.startsWith('-')) === 'verify')
  require('../dist/verify/verify.cjs').main(words);
else import('../dist/cli/main.js').then(({ main }) => main(words));
