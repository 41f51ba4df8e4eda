import { basename } from 'node:path';
import { DEMO, play, readScenarioYaml, scenarioPaths } from '../scenario/scenarios.js';
import type { ScenarioInput } from './scenario-digests.js';

/** Every scenario that has a dispute, and the demo, built. */
export async function scenarioInputs(): Promise<readonly ScenarioInput[]> {
  const inputs: ScenarioInput[] = [];
  for (const path of [DEMO, ...scenarioPaths()]) {
    const { built } = await play(readScenarioYaml(path), path);
    inputs.push({
      name: basename(path),
      passports: [built.passport],
      trust: new TextDecoder().decode(built.trust),
      dispute: JSON.parse(JSON.stringify(built.dispute)) as Record<string, unknown>,
    });
  }
  return inputs;
}
