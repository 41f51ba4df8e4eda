// Peers that bring no types of their own.
declare module 'hypercore';
declare module 'sodium-native';
declare module 'ssb-keys';
declare module 'ssb-validate';
declare module 'jsonld-signatures';
declare module '@digitalbazaar/data-integrity';
declare module '@digitalbazaar/ed25519-multikey';
declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
