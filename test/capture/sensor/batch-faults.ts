import type { SensorDraft } from '../../../src/capture/sensor/import-sensor.js';
import { RECORD_TYPES } from '../../../src/record/types/index.js';

/** What the record type finds wrong with a payload, once the caller has said what the sensor was attached to. */
export function faultsOf(payload: SensorDraft): unknown {
  const definition = RECORD_TYPES.get('sensor-batch')!;
  const whole = {
    attachedTo: 'https://id.gs1.org/01/09521234543213/21/SN0007',
    mount: 'package',
    location: 'package',
    ...payload,
  };
  const schema = definition.schema() as unknown as {
    safeParse(value: unknown): { success: boolean; error?: unknown };
  };
  const result = schema.safeParse(whole);
  const context = { sub: whole.attachedTo, iss: 'urn:goodorder:key:', kid: '' };
  return result.success ? definition.faults(whole, context) : result.error;
}
