import { expect, test } from 'vitest';
import { type SayContext, sayCondition } from '../../src/finding/say-condition.js';
import type { Condition } from '../../src/rules/condition.js';

const CONTEXT: SayContext = {
  party: (word) => ({ en: `(${word})`, zh: `（${word}）` }),
  asks: (issue) => ({ en: `(${issue}?)`, zh: `（${issue}？）` }),
  edge: (template) => ({ en: `(claim ${template})`, zh: `（请求${template}）` }),
};
const SIGNED_OFF: Condition = { op: 'signed-off' };

// biome-ignore format: a row a sentence
const SENTENCES: readonly (readonly [Condition, en: string, zh: string])[] = [
  [{ op: 'all', of: [SIGNED_OFF] }, 'all of this', '下列各项均成立'],
  [{ op: 'any', of: [SIGNED_OFF] }, 'any of this', '下列任一项成立'],
  [{ op: 'not', of: SIGNED_OFF }, 'not so', '下列不成立'],
  [{ op: 'shown', of: SIGNED_OFF, by: 'debtor' }, '(debtor) must show it; what stays unknown counts as not shown', '须由（debtor）证明；不明者视为未证明'],
  [{ op: 'some', over: 'leg', of: SIGNED_OFF }, 'on at least one leg', '至少在一个区段上'],
  [{ op: 'every', over: 'leg', of: SIGNED_OFF }, 'on every leg', '在每个区段上'],
  [{ op: 'count', over: 'leg', atLeast: 2, of: SIGNED_OFF }, 'on at least 2 legs', '至少在2个区段上'],
  [{ op: 'issue', issue: 'culpable', edge: null, is: 'found' }, 'it must be found: (culpable?)', '须认定：（culpable？）'],
  [{ op: 'issue', issue: 'culpable', edge: null, is: 'not-found' }, 'it must not be found: (culpable?)', '须未认定：（culpable？）'],
  [{ op: 'issue', issue: 'culpable', edge: null, is: 'undetermined' }, 'it must stay open: (culpable?)', '须不能确定：（culpable？）'],
  [{ op: 'issue', issue: 'culpable', edge: null, is: 'not-raised' }, 'nobody must have raised: (culpable?)', '须无人提出：（culpable？）'],
  [{ op: 'issue', issue: 'culpable', edge: 'buyer-seller', is: 'found' }, 'it must be found: (culpable?) (in (claim buyer-seller))', '须认定：（culpable？）（（请求buyer-seller））'],
  [{ op: 'edge', edge: 'buyer-seller', ofLegHolder: false, is: 'liable' }, '(claim buyer-seller): liable', '（请求buyer-seller）：应承担责任'],
  [{ op: 'edge', edge: 'shipper-carrier', ofLegHolder: true, is: 'not-liable' }, '(claim shipper-carrier), by the holder of the leg: not liable', '（请求shipper-carrier），由区段持有人：不承担责任'],
  [{ op: 'eq', path: 'goods.category', value: 'glassware' }, 'the kind of goods: glassware', '商品类别：玻璃制品'],
  [{ op: 'eq', path: 'goods.durable', value: 'yes' }, 'the goods are durable', '属于耐用商品'],
  [{ op: 'eq', path: 'creditor.consumer', value: 'no' }, 'not: the creditor is a consumer', '否定：债权人为消费者'],
  [{ op: 'in', path: 'damage.kind', values: ['shock', 'wet'] }, 'the kind of damage: shock or wet', '损坏类型：冲击或受潮'],
  [{ op: 'in', path: 'goods.durable', values: ['yes', 'no'] }, 'the goods are durable: yes or no', '属于耐用商品：是或否'],
  [{ op: 'in', path: 'goods.durable', values: ['no', 'yes'] }, 'the goods are durable: no or yes', '属于耐用商品：否或是'],
  [{ op: 'in', path: 'goods.durable', values: [] }, 'the goods are durable', '属于耐用商品'],
  [{ op: 'in', path: 'goods.sold', values: ['no'] }, 'not: the goods are sold', '否定：货物已售出'],
  [{ op: 'eq-path', path: 'leg.mode', other: 'contract.mode' }, 'the mode of the leg is the same as the mode agreed for the carriage', '区段的运输方式与约定的运输方式相同'],
  [{ op: 'within', event: 'event.notified', period: { count: 7, unit: 'days' }, of: 'event.delivered' }, 'the notice of the damage within 7 days of the delivery', '就损坏发出通知在送达后7日内'],
  [{ op: 'elapsed', event: 'event.notified', period: { count: 2, unit: 'years' }, after: 'event.received' }, '2 years passed after the receipt without the notice of the damage', '收货后2年内未有：就损坏发出通知'],
  [{ op: 'before', event: 'event.discovered', other: 'event.delivered' }, 'the discovery of the damage before the delivery', '发现损坏早于送达'],
  [{ op: 'after', event: 'event.discovered', other: 'event.delivered' }, 'the discovery of the damage after the delivery', '发现损坏晚于送达'],
  [{ op: 'overlaps', event: 'event.discovered', other: 'event.delivered' }, 'the discovery of the damage at the time of the delivery', '发现损坏与送达同时'],
  [{ op: 'during', event: 'event.discovered' }, 'the discovery of the damage during the leg', '发现损坏发生于该区段期间'],
  [{ op: 'state', value: 'good', boundary: 'pickup' }, 'it was good at pickup', '揽收时完好'],
  [{ op: 'state', value: 'bad', boundary: 'leg.end' }, 'it was bad at the end of the leg', '区段终点已损坏'],
  [{ op: 'asserted', value: 'bad' }, 'it was seen to be bad after delivery', '送达后所见损坏'],
  [{ op: 'covers', boundary: 'delivery' }, 'what was inspected at delivery covers the damage', '送达时的检验范围涵盖该损坏'],
  [{ op: 'covered', quantity: 'temperature' }, 'the whole leg is recorded, without an excursion (temperature)', '全段均有记录且无异常（温度）'],
  [{ op: 'shock', how: 'within', limits: 'agreed.handling-envelope' }, 'shocks on the leg within the agreed handling', '区段上的冲击未超出约定的搬运条件'],
  [{ op: 'kinetic-mean', how: 'within', limits: 'agreed.temperature-limits' }, 'the mean kinetic temperature of the leg within the agreed limits of temperature', '区段平均动力学温度未超出约定的温度限值'],
  [{ op: 'shock', how: 'beyond', limits: 'agreed.handling-envelope' }, 'a shock on the leg beyond the agreed handling', '区段上有冲击超出约定的搬运条件'],
  [{ op: 'kinetic-mean', how: 'beyond', limits: 'agreed.temperature-limits' }, 'the mean kinetic temperature of the leg beyond the agreed limits of temperature', '区段平均动力学温度超出约定的温度限值'],
  [{ op: 'excursion-time', limits: 'declared.storage-limits', hours: 6 }, 'more than 6 hours on the leg beyond the declared limits of storage', '区段上超出所声明的储存限值的时间合计超过6小时'],
  [{ op: 'drop', heightMm: 800, restitutionPermille: 300 }, 'a blow on the leg harder than a drop from 800 mm (rebound 300 ‰)', '区段上有冲击强于自800毫米高处跌落（回弹300‰）'],
  [{ op: 'rms', limitMilliG: 350 }, 'shaken on the leg by more than 350 mg, root mean square', '区段振动的均方根超过350 mg'],
  [{ op: 'leg-ends', boundary: 'delivery' }, 'the leg ends at delivery', '该区段止于送达时'],
  [
    { op: 'leg-ends', boundary: 'nowhere' },
    'nobody is shown to have taken the goods over from the leg',
    '未表明有人自该区段接收货物',
  ],
  [{ op: 'located', how: 'implicated' }, 'a recorded event on the leg explains the damage', '该区段有能够解释损坏的记录'],
  [{ op: 'located', how: 'located' }, 'the damage can only have happened on this leg', '损坏只可能发生于该区段'],
  [{ op: 'located', how: 'open' }, 'the damage may have happened on this leg', '损坏可能发生于该区段'],
  [{ op: 'agreed', term: 'riskPoint' }, 'both signed where risk passes', '双方签署了风险转移点'],
  [{ op: 'undertaken', what: 'photograph', by: 'seller' }, '(seller) undertook to take photographs', '（seller）承诺拍照'],
  [{ op: 'incident', code: 'theft', by: 'leg.holder' }, '(leg.holder) shows an incident on the leg: theft', '（leg.holder）表明该区段发生事件：盗窃'],
  [SIGNED_OFF, 'the consignee signed and raised no objection', '收货人签收且未提出异议'],
  [{ op: 'notice-late' }, 'no notice within the days that both signed', '未在双方约定的期限内通知'],
  [{ op: 'left-without-consent' }, 'it was left somewhere without the recipient’s consent', '未经收件人同意而放置'],
  [{ op: 'delivery-refused' }, 'the recipient refused it at the door', '收件人当场拒收'],
  [{ op: 'has', predicate: 'cause', code: 'nature', against: 'buyer', grade: 3 }, 'shown against (buyer): cause, the nature of the goods', '已对（buyer）证明：原因（货物的自然性质）'],
  [{ op: 'amount', head: 'refund', compare: 'le', amountMinor: 50000 }, 'what is claimed for refund is at most 50000 (in the smallest unit of money)', '就退款主张的金额不超过 50000（以最小货币单位计）'],
  [{ op: 'same-party', roles: ['seller', 'producer'] }, 'seller and producer are one', '卖方与生产者为同一人'],
  [{ op: 'acts-for', agent: 'leg.holder', principal: 'debtor' }, '(leg.holder) acts for (debtor)', '（leg.holder）代理（debtor）'],
];

test('every kind of condition is a whole sentence in both languages', () => {
  expect(SENTENCES.map(([condition]) => [condition, sayCondition(condition, CONTEXT)])).toEqual(
    SENTENCES.map(([condition, en, zh]) => [condition, { en, zh }]),
  );
});
