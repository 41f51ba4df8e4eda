import type { Said } from '../rules/rule.js';
import type { Hypothesis } from './hypothesis.js';
import * as words from './words.js';
import { phrase, verbatim, word } from './words.js';

/** What a record that is missing would be, in words; `nameOf` gives a party's name. */
export function sayHypothesis(
  hypothesis: Omit<Hypothesis, 'facts'>,
  nameOf: (party: string) => string,
): Said {
  const { boundaryName, by, kind, leg, value } = hypothesis;
  const who = verbatim(by === null ? '' : nameOf(by));
  const other = verbatim(hypothesis.with === null ? '' : nameOf(hypothesis.with));
  const where = boundaryName === null ? verbatim(leg ?? '') : word(words.BOUNDARY, boundaryName);
  const state = word(words.CONDITION, value);
  switch (kind) {
    case 'recording':
      return phrase(
        'one uncut recording by {0} at {1}: {2}',
        '{0}在{1}时的一镜到底录像：{2}',
        who,
        where,
        state,
      );
    case 'joint-remark':
      return phrase(
        '{0} and {1} signing at {2}: {3}',
        '{0}与{1}在{2}时共同签署：{3}',
        who,
        other,
        where,
        state,
      );
    case 'joint-survey':
      return phrase('a joint survey by {0} and {1}: {2}', '{0}与{1}共同检验：{2}', who, other, state);
    case 'log':
      return phrase('a complete clean log of {1} by {0}', '{0}关于{1}的完整无异常记录', who, where);
    case 'shock-log':
      return phrase('a log of {1} by {0} with a damaging shock', '{0}关于{1}的含致损冲击的记录', who, where);
    case 'seal':
      return phrase(
        'a seal put on by {0} at packing, its number on the handover, read intact by {1} at delivery',
        '{0}在包装时施封、封号载入交接记录，{1}在送达时核验封志完好',
        who,
        other,
      );
    case 'notice':
      return value === 'now'
        ? phrase('{0} giving notice today', '{0}于今日提出异议', who)
        : phrase('{0} giving notice as soon as it was found', '{0}在发现时即提出异议', who);
    case 'packing-log':
      return phrase(
        'a complete clean log by {0} from packing until pickup',
        '{0}自包装至揽收的完整无异常记录',
        who,
      );
    case 'undertaking':
      return phrase('{0} undertaking to record {1}', '{0}承诺记录{1}', who, where);
    case 'laboratory':
      if (boundaryName !== null) {
        return phrase(
          'an accredited laboratory finding it {0} before it left',
          '发出前经认可的实验室认定其{0}',
          state,
        );
      }
      return phrase('an accredited laboratory finding it {0}', '经认可的实验室认定其{0}', state);
    case 'cause':
      return phrase(
        'a laboratory report that the cause is {0}',
        '实验室报告认定原因为{0}',
        word(words.CAUSE, value),
      );
    case 'incident':
      if (by !== null) {
        return phrase('{0} showing {1} on {2}', '{0}证明{2}发生{1}', who, word(words.CAUSE, value), where);
      }
      return phrase(
        'an authority’s record of {0} on {1}',
        '有权机关关于{1}发生{0}的记录',
        word(words.CAUSE, value),
        where,
      );
  }
}
