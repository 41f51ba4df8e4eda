import { type Command, Option } from 'commander';
import { custodyOf } from '../../facts/custody.js';
import { deriveFacts } from '../../facts/derive-facts.js';
import { plural, subjectText } from '../../report/name-text.js';
import { styled } from '../../report/styled-line.js';
import { timelineLines } from '../../report/timeline-text.js';
import { visibleText } from '../../report/visible-text.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { readInput } from '../read-input.js';
import { readTrust } from '../read-trust.js';
import { exitOfVerdict } from './verify.js';

interface TimelineCommandOptions extends GlobalOptions {
  readonly trust?: string;
  readonly at?: number;
}

export function defineTimeline(command: Command, session: Session): void {
  command
    .argument('<file>', 'passport; - for standard input')
    .option('--trust <file>', 'trust file')
    .addOption(new Option('--at <time>', 'as of this time (default: now)').argParser(parseAt));
  addHelpText(
    command,
    [
      'goodorder timeline set.passport --trust court.trust.json',
      'goodorder timeline set.passport --trust court.trust.json --format json | jq .passages',
    ],
    ['0 passed   10 failed   11 undecided   3 unreadable input'],
  );
  command.action(async (file: string, options: TimelineCommandOptions) => {
    const { io } = session;
    const { bytes } = await readInput(file, io);
    const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
    const passport = await verifyPassport(bytes, { trust, at: options.at ?? io.now() });
    session.exit = exitOfVerdict(passport);
    // Without a dispute everybody who signed is heard: this is a picture of what is said, not a finding.
    const parties = [...new Set(passport.records.map((record) => record.iss))].sort();
    const facts = deriveFacts(passport, {
      parties,
      goods: [{ unit: passport.item, sub: passport.item }],
      sellers: [],
    });
    const custody = custodyOf(facts, passport.item);
    const numbers = new Map(passport.records.map((record) => [record.id, record.number]));
    session.result(
      options,
      {
        schemaVersion: 1,
        item: passport.item,
        verdict: passport.verdict,
        passages: custody.passages,
        boundaries: custody.boundaries,
        intervals: custody.intervals,
        journeys: custody.journeys,
        conditions: facts.of('condition').map(({ aspect, region, value, time, prov }) => ({
          aspect,
          region,
          value,
          time,
          signer: prov.signer,
          records: prov.records,
        })),
      },
      [
        [styled('strong', visibleText(subjectText(passport.item))), `  ${passport.verdict}`],
        [],
        ...timelineLines(facts, custody, { language: options.lang, names: new Map(), numbers }),
      ],
    );
    const unheard = passport.records.filter(({ binding }) => binding === 'none').length;
    if (unheard > 0) {
      const who = `${plural(unheard, 'record')} by keys that nobody vouches for ${unheard === 1 ? 'is' : 'are'} not heard here`;
      session.talk([[], [trust === null ? `${who}. Next: the same with --trust FILE` : who]], options);
    }
  });
}
