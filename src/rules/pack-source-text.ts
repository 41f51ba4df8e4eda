import type { Pack } from './pack.js';

/**
 * The TypeScript file that carries a pack inside the product: its canonical form as a literal, which the compiler checks
 * against the types, so that nothing is parsed when the product runs.
 */
export function packSource(pack: Pack, origin: string): string {
  const type = pack.kind === 'rules' ? 'RulePack' : 'EvidencePack';
  return [
    `// Made from ${origin} by scripts/build-packs.mjs. Change that file, not this one.`,
    `import type { ${type} } from '../pack.js';`,
    '',
    `export const ${constantName(pack.pack)}: ${type} = ${JSON.stringify(pack, null, 1)};`,
    '',
  ].join('\n');
}

/** `evidence.cn` → EVIDENCE_CN. */
function constantName(pack: string): string {
  return pack.replaceAll('.', '_').replaceAll('-', '_').toUpperCase();
}
