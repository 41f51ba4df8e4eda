// Writes schemas/*.schema.json (JSON Schema 2020-12) from the schemas the program itself checks with, so that the two
// cannot part. `--check` compares instead of writing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { schemas } = await loader();

let stale = 0;
for (const [name, { title, schema }] of Object.entries(schemas)) {
  const target = join(root, 'schemas', `${name}.schema.json`);
  const text = `${JSON.stringify({ ...schema, title }, null, 2)}\n`;
  if (process.argv.includes('--check')) {
    if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
    console.error(`${relative(root, target)} is not up to date: run npm run schemas`);
    stale += 1;
  } else {
    mkdirSync(join(root, 'schemas'), { recursive: true });
    writeFileSync(target, text);
    console.log(relative(root, target));
  }
}
process.exitCode = stale === 0 ? 0 : 1;

/** The schemas are TypeScript of this very tree: bundled in memory, so that the script needs no build before it. */
async function loader() {
  const result = await build({
    stdin: {
      contents: `
        import { toJSONSchema } from 'zod/mini';
        import { verifyReportSchema } from './src/verify/verify-report-schema.ts';
        import { trustFileSchema } from './src/credential/trust-file-schema.ts';
        import { disputeSchema } from './src/finding/dispute.ts';
        const publish = (title, schema) => ({ title, schema: toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) });
        // The command says which file it was, and what comparing with --media gave.
        const list = { type: 'array', items: { type: 'string' } };
        const count = { type: 'integer', minimum: 0 };
        const media = {
          type: 'object',
          properties: { matched: count, total: count, absent: list, mismatched: list, unsigned: list },
          required: ['matched', 'total', 'absent', 'mismatched', 'unsigned'],
        };
        const withFile = ({ title, schema }) => ({
          title,
          schema: { ...schema, properties: { file: { type: 'string' }, ...schema.properties, media } },
        });
        export const schemas = {
          'verify-report': withFile(publish('Report of goodorder verify --format json', verifyReportSchema())),
          'trust-file': publish('Trust file of goodorder', trustFileSchema()),
          dispute: publish('Dispute file of goodorder', disputeSchema()),
        };
      `,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    logLevel: 'error',
  });
  const code = Buffer.from(result.outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
