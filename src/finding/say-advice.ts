import type { Said } from '../rules/rule.js';
import type { Hypothesis } from './hypothesis.js';
import type { PreflightKind } from './preflight-case.js';
import * as words from './words.js';
import { phrase, verbatim, word } from './words.js';

const SIDE: Readonly<Record<string, Said>> = {
  front: { en: 'front', zh: '正面' },
  back: { en: 'back', zh: '背面' },
  left: { en: 'left', zh: '左面' },
  right: { en: 'right', zh: '右面' },
  top: { en: 'top', zh: '顶面' },
  bottom: { en: 'bottom', zh: '底面' },
};
const SIDES = Object.keys(SIDE).length;

/** What a film or a remark must be about, where the goods have no sides to name. */
const SUBJECT: Readonly<Record<PreflightKind, Said>> = {
  damage: { en: 'all six sides', zh: '全部六面' },
  defect: { en: 'the goods at work', zh: '商品的功能' },
  mismatch: { en: 'the item with its serial', zh: '商品及其序列号' },
  shortage: { en: 'every piece as it goes in', zh: '逐件装入的数量' },
  'return-swap': { en: 'what comes out of the box and its serial', zh: '取出的商品及其序列号' },
  temperature: { en: 'the reading of the goods', zh: '商品的温度读数' },
  cold: { en: 'the reading of the goods', zh: '商品的温度读数' },
  humidity: { en: 'the goods, dry or wet', zh: '商品的干湿状态' },
};

/** `the back and left sides`: what is to be filmed or looked at. */
export function sayRegions(regions: readonly string[], kind: PreflightKind): Said {
  const named = regions.map((region) => SIDE[region]).filter((side) => side !== undefined);
  if (named.length === 0 || named.length === SIDES) return SUBJECT[kind];
  const en = named.map((side) => side.en);
  const last = en.pop()!;
  return {
    en: en.length === 0 ? `the ${last} side` : `the ${en.join(', ')} and ${last} sides`,
    zh: named.map((side) => side.zh).join('、'),
  };
}

/** A record that can still be made, as something to do; `nameOf` gives a party's name. */
export function sayAdvice(
  hypothesis: Omit<Hypothesis, 'facts'>,
  nameOf: (party: string) => string,
  regions: readonly string[],
  dispute: PreflightKind,
): Said {
  const { boundaryName, by, kind, leg } = hypothesis;
  const who = verbatim(by === null ? '' : nameOf(by));
  const other = verbatim(hypothesis.with === null ? '' : nameOf(hypothesis.with));
  const where = boundaryName === null ? verbatim(leg ?? '') : word(words.BOUNDARY, boundaryName);
  const what = sayRegions(regions, dispute);
  const state = word(words.CONDITION, hypothesis.value);
  switch (kind) {
    case 'recording':
      return phrase(
        '{0}: film {2} at {1} in one uncut take, parcel and serial in frame, and log it that day',
        '{0}：在{1}时一镜到底拍摄{2}，序列号与包裹入镜，并当日入日志',
        who,
        where,
        what,
      );
    case 'joint-remark':
      return phrase(
        '{0} and {1}: look at {3} at {2} and both sign the remark ({4})',
        '{0}与{1}：在{2}时查看{3}，并共同签署交接备注（{4}）',
        who,
        other,
        where,
        what,
        state,
      );
    case 'joint-survey':
      return phrase('{0} and {1}: have {2} surveyed jointly', '{0}与{1}：共同检验{2}', who, other, what);
    case 'log':
      return phrase(
        '{0}: record the whole of {1} with a calibrated logger and hand the recording over',
        '{0}：以经校准的记录仪全程记录{1}，并交出记录',
        who,
        where,
      );
    case 'packing-log':
      return phrase(
        '{0}: put a calibrated logger on the goods at packing and leave it on until pickup',
        '{0}：包装时在商品上放置经校准的记录仪，直至揽收',
        who,
      );
    case 'seal':
      return phrase(
        '{0}: seal it at packing, put the number on the handover, and let {1} read it intact at delivery',
        '{0}：包装时施封，封号载入交接记录，并由{1}在送达时核验完好',
        who,
        other,
      );
    case 'laboratory':
      return phrase(
        'have an accredited laboratory test this very item, {0}, before it leaves',
        '发出前请经认可的实验室检测该件商品（{0}）',
        what,
      );
    case 'undertaking':
      return phrase(
        '{0} and {1}: agree in writing that {0} records {2}',
        '{0}与{1}：书面约定由{0}记录{2}',
        who,
        other,
        where,
      );
    case 'notice':
      return phrase('{0}: give notice as soon as it is found', '{0}：发现后即提出异议', who);
    case 'shock-log':
    case 'cause':
    case 'incident':
      return phrase('{0}: record {1}', '{0}：记录{1}', who, where);
  }
}
