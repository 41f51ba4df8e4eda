import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenarioFiles } from '../../src/cli/scenario-files.js';
import { type BuiltScenario, buildScenario } from '../../src/scenario/build-scenario.js';
import { readYaml } from '../../src/yaml/read-yaml.js';

const FOLDER = new URL('../../fixtures/demo/', import.meta.url);
const NAME = 'dinner-set.scenario.yaml';

/** The demo's passport as it was before this record was signed; the whole of it where none is named. */
export async function demoBefore(record: string | null): Promise<Uint8Array> {
  return (await demoBuilt(record)).passport;
}

/** The same with trust file and, where nothing is cut off, dispute. */
export async function demoBuilt(record: string | null): Promise<BuiltScenario> {
  const text = readFileSync(new URL(NAME, FOLDER), 'utf8');
  const cut = record === null ? -1 : text.indexOf(`  - id: ${record}\n`);
  const story = cut < 0 ? text : text.slice(0, cut);
  return buildScenario(readYaml(story, NAME), NAME, scenarioFiles(fileURLToPath(FOLDER)));
}
