import { expect, test } from 'vitest';
import { MEMBER, PassportElement } from '../../src/passport/element.js';
import { LightRecord, SharedTexts } from '../../src/passport/light-record.js';
import { parsePassport } from '../../src/passport/passport.js';
import { Story } from '../verify/story.js';

test('a light record says what the record says, with one text for each hash', async () => {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  const carrier = await story.company('carrier', ['carrier']);
  const first = await story.say(seller, 'one');
  await story.say(carrier, 'two', { seen: [first.id] });
  await story.say(seller, 'three');
  const parsed = parsePassport(story.file());
  if (!parsed.ok) throw new Error('not read');
  const texts = new SharedTexts();
  const lights = parsed.passport.records.map(({ element, record }) => {
    const light = new LightRecord(record!, element, texts);
    const { bytes, signature, ...fields } = record!;
    expect({ ...light }).toEqual(fields);
    expect(light.bytes).toEqual(bytes);
    expect(light.signature).toEqual(signature);
    expect(light.signature).toHaveLength(64);
    return light;
  });
  expect(lights.map(({ link }) => link.seen.length).sort()).toEqual([0, 0, 1]);
  expect(texts.shared(`${first.id}`)).toBe(first.id);
});

test('it follows its element, wherever that stands', async () => {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  const { signed, record } = await story.say(seller, 'one');
  const file = new Uint8Array(record.length + 20);
  file.set(record, 7);
  const element = new PassportElement(file, MEMBER.records, 0, 7, record.length);
  const light = new LightRecord(signed, element, new SharedTexts());
  expect([light.bytes, light.signature]).toEqual([record, signed.signature]);
});

test('every hash that it names is shared, and nothing else', async () => {
  class Told extends SharedTexts {
    readonly texts: string[] = [];
    override shared(text: string): string {
      this.texts.push(text);
      return super.shared(text);
    }
  }
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  const carrier = await story.company('carrier', ['carrier']);
  const first = await story.say(carrier, 'one');
  const second = await story.say(seller, 'two');
  const third = await story.say(seller, 'three', { seen: [first.id] });
  const toldOf = ({ signed, record }: typeof first): string[] => {
    const told = new Told();
    new LightRecord(signed, new PassportElement(record, MEMBER.records, 0, 0, record.length), told);
    return told.texts.sort();
  };
  expect(toldOf(second)).toEqual([second.id, second.statementHash].sort());
  expect(toldOf(third)).toEqual(
    [third.id, third.statementHash, second.statementHash, second.statementHash, first.id].sort(),
  );
});
