import type { EvidencePack, GradePredicate, GradeTest } from '../rules/evidence-pack.js';
import type { Said, Standard } from '../rules/rule.js';
import type { Grade } from './grade.js';
import { phrase, verbatim, word } from './words.js';

const KINDS: Readonly<Record<string, Said>> = {
  statement: phrase('a statement', '陈述'),
  label: phrase('a label without test items', '无检测项目的标签'),
  'own-record': phrase('a record of one’s own', '自行制作的记录'),
  instrument: phrase('the recording of an instrument', '仪器记录'),
  'accredited-full': phrase('an accredited examination of this item', '经认可的针对该物的检验'),
  'platform-log': phrase('the log of a platform', '平台日志'),
};

/** Standards of proof as a reader knows them. */
export const STANDARD_WORDS: Readonly<Record<Standard, Said>> = {
  'prima-facie': phrase('some proof', '初步证据'),
  preponderance: phrase('more likely than not', '优势证据'),
  high: phrase('a high probability', '高度盖然性'),
  'beyond-doubt': phrase('beyond reasonable doubt', '排除合理怀疑'),
};

/** What a predicate asks that takes nothing else: in words where it is so, and where it is not. */
const PLAIN: Readonly<
  Record<Exclude<GradePredicate['asks'], 'integrity' | 'kind' | 'line'>, readonly [Said, Said]>
> = {
  'issued-by-hurt': [
    phrase('its own signer is the one it hurts', '由其不利方自行签发'),
    phrase('its signer is not the one it hurts', '并非由其不利方签发'),
  ],
  'counter-signed-by-hurt': [
    phrase(
      'the one it hurts counter-signed it, with a scope that covers this',
      '其不利方已副署且检验过该方面',
    ),
    phrase('the one it hurts did not counter-sign it', '其不利方未副署'),
  ],
  'scope-covers': [
    phrase('it examined this very thing', '检验范围涵盖该方面'),
    phrase('it left this out', '未涵盖该方面'),
  ],
  neutral: [
    phrase('by somebody neutral here', '出自此处的中立方'),
    phrase('not by somebody neutral here', '并非出自中立方'),
  ],
  'helping-itself': [
    phrase('its signer gains by it elsewhere', '签名人在他处因此受益'),
    phrase('its signer gains nothing by it elsewhere', '签名人在他处并不因此受益'),
  ],
  secured: [
    phrase(
      'one shot, item and parcel in frame, and pinned from outside in time',
      '一镜到底、货与包裹同框，并及时由外部固定',
    ),
    phrase('not secured', '未经外部固定'),
  ],
  timely: [phrase('made in time', '及时形成'), phrase('not made in time', '未及时形成')],
  'neutral-of-occasion': [
    phrase('somebody neutral recorded the same occasion', '中立方记录了同一场合'),
    phrase('nobody neutral recorded the occasion', '无中立方记录该场合'),
  ],
  'opposed-record': [
    phrase('a record from an opposed or neutral side says the same', '对立方或中立方的记录与之一致'),
    phrase('no record from an opposed side says the same', '无对立方记录与之一致'),
  ],
  'after-cut': [
    phrase('after a cut in the recording', '在录像剪断之后'),
    phrase('before any cut', '在剪断之前'),
  ],
  'calibration-lapsed': [
    phrase('no calibration is shown for that time', '无该时段有效的校准'),
    phrase('calibrated at the time', '当时校准有效'),
  ],
  'trusted-path': [
    phrase('its signer is vouched for', '签名人有可信路径'),
    phrase('nobody vouches for its signer', '无人为签名人作保'),
  ],
  'counter-signed-by-trusted': [
    phrase('somebody known counter-signed it', '已由可信方副署'),
    phrase('nobody known counter-signed it', '无可信方副署'),
  ],
};

/** What a line of an evidence pack asks, in words; null for one that only names other lines. */
function predicateSaid(predicate: GradePredicate, not: boolean, kind: string | null): Said | null {
  const one = (en: string, zh: string, otherEn: string, otherZh: string): Said =>
    not ? phrase(otherEn, otherZh) : phrase(en, zh);
  switch (predicate.asks) {
    case 'integrity':
      return predicate.is === 'broken'
        ? one('it does not hold', '签名不成立', 'it holds', '签名成立')
        : one('it counts only against its signer', '仅对签名人不利时有效', 'it counts in full', '完整有效');
    case 'kind': {
      // Of the kinds that a line takes only the one that the fact is.
      const named = !not && kind !== null && predicate.of.includes(kind) ? [kind] : predicate.of;
      const kinds = named.map((one) => word(KINDS, one));
      const list = { en: kinds.map(({ en }) => en).join(' or '), zh: kinds.map(({ zh }) => zh).join('或') };
      return not ? phrase('it is not {0}', '并非{0}', list) : list;
    }
    case 'line':
      return null;
    default:
      return PLAIN[predicate.asks][not ? 1 : 0];
  }
}

/** A line, lift or cap of an evidence pack in words. */
export function sayTests(tests: readonly GradeTest[], kind: string | null = null): Said {
  const said = tests.flatMap(({ not, predicate }) => predicateSaid(predicate, not, kind) ?? []);
  return { en: said.map(({ en }) => en).join(', '), zh: said.map(({ zh }) => zh).join('，') };
}

/** `grade 3 of 5`. */
export function sayGradeFigure(grade: number): Said {
  return phrase('grade {0} of 5', '{0}级（满5级）', verbatim(String(grade)));
}

/** What a fact is worth and why: the line that fits, what raised it, what held it down. */
export function sayGrade({ caps, grade, lift, line }: Grade, pack: EvidencePack, kind: string | null): Said {
  const named = (id: string, tests: readonly GradeTest[] | undefined): Said =>
    tests === undefined
      ? verbatim(id)
      : phrase('{0} ({1})', '{0}（{1}）', sayTests(tests, kind), verbatim(id));
  const parts: Said[] = [sayGradeFigure(grade)];
  const fits = pack.grades.find(({ id }) => id === line);
  parts.push(
    fits === undefined
      ? phrase('no line of the rules of evidence fits it', '证据规则中无适用项')
      : named(line, fits.when),
  );
  if (lift !== null) {
    const found = pack.lifts.find(({ id }) => id === lift);
    parts.push(phrase('raised: {0}', '提升：{0}', named(lift, found?.when)));
  }
  for (const cap of caps) {
    const found = pack.caps.find(({ id }) => id === cap);
    parts.push(
      phrase(
        'held down to {1}: {0}',
        '限为{1}级：{0}',
        named(cap, found?.when),
        verbatim(String(found?.to ?? '')),
      ),
    );
  }
  return { en: parts.map(({ en }) => en).join('; '), zh: parts.map(({ zh }) => zh).join('；') };
}
