import type { CustodyInterval } from '../facts/custody.js';
import type { Answer, EvidenceSentence, SentenceWith } from './answer.js';
import { climateAnswer } from './climate-answer.js';
import type { Bound, Decided } from './decisions.js';
import { motionAnswer } from './motion-answer.js';
import {
  actsForAnswer,
  agreedAnswer,
  deliveryRefusedAnswer,
  hasAnswer,
  incidentAnswer,
  leftWithoutConsentAnswer,
  noticeLateAnswer,
  signedOffAnswer,
  undertakenAnswer,
} from './party-answer.js';
import { coveredAnswer, shockAnswer } from './recording-answer.js';
import { assertedAnswer, coversAnswer, legEndsAnswer, locatedAnswer, stateAnswer } from './state-answer.js';

type Answering<Sentence> = (sentence: Sentence, bound: Bound, decided: Decided) => Answer;

/** Answers a sentence about evidence on an edge and leg. */
export function evidenceAnswer(sentence: EvidenceSentence, bound: Bound, decided: Decided): Answer {
  const answer = ANSWERS[sentence.op] as Answering<EvidenceSentence>;
  return answer(sentence, bound, decided);
}

/** One row a kind of sentence. */
const ANSWERS: { readonly [Op in EvidenceSentence['op']]: Answering<SentenceWith<Op>> } = {
  state: stateAnswer,
  asserted: assertedAnswer,
  covers: coversAnswer,
  covered: onLeg(coveredAnswer),
  shock: onLeg(shockAnswer),
  drop: onLeg(motionAnswer),
  rms: onLeg(motionAnswer),
  'kinetic-mean': onLeg(climateAnswer),
  'excursion-time': onLeg(climateAnswer),
  'leg-ends': legEndsAnswer,
  located: locatedAnswer,
  agreed: agreedAnswer,
  undertaken: undertakenAnswer,
  incident: incidentAnswer,
  'notice-late': (_, bound, decided) => noticeLateAnswer(bound, decided),
  'delivery-refused': (_, bound, decided) => deliveryRefusedAnswer(bound, decided),
  'left-without-consent': (_, bound, decided) => leftWithoutConsentAnswer(bound, decided),
  'signed-off': (_, bound, decided) => signedOffAnswer(bound, decided),
  has: hasAnswer,
  'acts-for': actsForAnswer,
};

/** What recordings of a leg answer stays unknown where no leg is asked about. */
function onLeg<Sentence>(
  answer: (sentence: Sentence, leg: CustodyInterval, bound: Bound, decided: Decided) => Answer,
): Answering<Sentence> {
  return (sentence, bound, decided) =>
    bound.leg === null ? { value: null } : answer(sentence, bound.leg, bound, decided);
}
