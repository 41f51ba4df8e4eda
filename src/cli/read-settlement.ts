import { type PayoutTable, readPayoutTable } from '../finding/parametric-trigger.js';
import { readSettlementPolicy, type SettlementPolicy } from '../finding/settlement-policy.js';
import { toPlainValue } from '../rules/positioned-value.js';
import { readYaml } from '../yaml/read-yaml.js';
import type { Io } from './io.js';
import { readTextInput } from './read-input.js';

/** @throws GoodOrderError `yaml.*` and `settlement.malformed` with file, line and column */
export async function readPolicyFile(file: string, io: Io): Promise<SettlementPolicy> {
  const positions = readYaml(await readTextInput(file, io), file);
  return readSettlementPolicy(toPlainValue(positions), { file, positions });
}

/** @throws GoodOrderError `yaml.*` and `settlement.malformed` with file, line and column */
export async function readTableFile(file: string, io: Io): Promise<PayoutTable> {
  const positions = readYaml(await readTextInput(file, io), file);
  return readPayoutTable(toPlainValue(positions), { file, positions });
}
