import { describe, expect, test } from 'vitest';
import { importLogger } from '../../../../src/capture/sensor/import-sensor.js';

const SERIAL = '(LGR S/N: 10234567, SEN S/N: 10234567)';

function read(text: string) {
  const [imported, ...others] = importLogger(new TextEncoder().encode(text), {}, {}, {});
  expect(others).toEqual([]);
  const { payload, report } = imported!;
  return {
    ...{ family: report.family, zone: report.zone, refused: report.refused, device: payload.device.id },
    ...{ count: payload.sampleCount, from: payload.from.utcS, min: payload.min, max: payload.max },
  };
}

const AS_WRITTEN = {
  ...{ family: 'hobo', zone: 'file', refused: 0, device: '10234567' },
  ...{ count: 2, from: 1528952400, min: 20100, max: 20250 },
};

// HOBOware exports with commas, semicolons or tabs, as its user chose; its names hold commas all the same.
describe('the separator that HOBOware was set to', () => {
  test.each([
    [
      'commas',
      `"#","Date Time, GMT+02:00","Temp, °C ${SERIAL}"\n1,06/14/18 07:00:00 AM,20.1\n2,06/14/18 07:05:00 AM,20.25\n`,
    ],
    [
      'semicolons and decimal commas',
      `"#";"Date Time, GMT+02:00";"Temp, °C ${SERIAL}"\n1;06/14/18 07:00:00 AM;20,1\n2;06/14/18 07:05:00 AM;20,25\n`,
    ],
    [
      'tabs, without quotation marks',
      `#\tDate Time, GMT+02:00\tTemp, °C ${SERIAL}\n1\t06/14/18 07:00:00 AM\t20.1\n2\t06/14/18 07:05:00 AM\t20.25\n`,
    ],
    [
      'commas, without the column of numbers',
      `"Date Time, GMT+02:00","Temp, °C ${SERIAL}"\n06/14/18 07:00:00 AM,20.1\n06/14/18 07:05:00 AM,20.25\n`,
    ],
  ])('%s', (_, table) => {
    expect(read(`"Plot Title: 10234567"\n${table}`)).toEqual(AS_WRITTEN);
  });
});
