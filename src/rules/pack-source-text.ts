import type { Pack, RulePack } from './pack.js';
import type { Citation } from './rule.js';

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

/** The rules of a pack as a page for people: what each says in both languages, where it is written, since when. */
export function packPage(pack: RulePack): string {
  const lines = [
    `# Pack \`${pack.pack}\``,
    '',
    `Made from the pack by scripts/build-packs.mjs. Layer: ${pack.layer}, ${pack.force}. Needs: ${needsOf(pack)}.`,
    'Articles marked * were not read in their primary text yet.',
    '',
    '## Rules',
    '',
    '| id | says | 规则 | cite | status | in force |',
    '|---|---|---|---|---|---|',
    ...pack.rules.map(({ cite, id, inForce, says, status }) => {
      const until = inForce.to === null ? '' : ` to ${inForce.to}`;
      return `| ${id} | ${says.en} | ${says.zh} | ${cite.map(citation).join('; ')} | ${status} | ${inForce.from}${until} |`;
    }),
    '',
    '## Issues',
    '',
    '| issue | asks | 问题 | argued by | standard |',
    '|---|---|---|---|---|',
    ...pack.issues.map(
      ({ asks, name, pro, standard }) => `| ${name} | ${asks.en} | ${asks.zh} | ${pro} | ${standard} |`,
    ),
    '',
  ];
  return lines.join('\n');
}

/** A law that no forum is bound to takes whatever rules of evidence the dispute names. */
function needsOf({ needs }: RulePack): string {
  return needs.length === 0 ? 'the rules of evidence of the forum' : needs.join(', ');
}

function citation({ article, source, verified }: Citation): string {
  return `${source} ${article}${verified ? '' : ' *'}`;
}
