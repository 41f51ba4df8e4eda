import { type Command, Option } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { deriveFacts } from '../../facts/derive-facts.js';
import { confirmDelivery } from '../../finding/delivery-confirmation.js';
import { assess } from '../../finding/finding.js';
import { triggerEvents } from '../../finding/parametric-trigger.js';
import { settle } from '../../finding/settlement.js';
import { NO_POLICY } from '../../finding/settlement-policy.js';
import {
  deliveryLines,
  type SettleTextOptions,
  settlementLines,
  triggerLines,
} from '../../report/settle-text.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { EXIT } from '../exit-code.js';
import { packsFor, readDisputeFile, verifyFiles } from '../open-dispute.js';
import { readPolicyFile, readTableFile } from '../read-settlement.js';
import { readTrust } from '../read-trust.js';
import { scopeWithout } from '../scope-without-dispute.js';

interface SettleOptions extends GlobalOptions {
  readonly dispute?: string;
  readonly policy?: string;
  readonly delivery?: boolean;
  readonly triggers?: string;
  readonly trust?: string;
  readonly at?: number;
  readonly pack?: readonly string[];
}

export function defineSettle(command: Command, session: Session): void {
  command
    .argument('<file...>', 'the item’s passport, and its container’s or consignment’s')
    .option('--dispute <file>', 'instructions that follow from the finding of this dispute')
    .option('--policy <file>', 'limits, approvals and waiting times of whoever pays, with --dispute')
    .option('--delivery', 'instead: confirm deliveries, facts only')
    .option('--triggers <file>', 'instead: what a payout table owes, whoever is at fault')
    .option('--trust <file>', 'trust file: whom you believe')
    .addOption(
      new Option('--at <time>', 'verify as of this time (default: the dispute’s asOf, else now)').argParser(
        parseAt,
      ),
    )
    .option('--pack <file...>', 'rule packs of your own, beside the built-in ones');
  addHelpText(
    command,
    [
      'goodorder settle set.passport --dispute case-9.json --trust court.trust.json',
      'goodorder settle set.passport --dispute case-9.json --policy desk.yaml --trust court.trust.json --format ndjson',
      'goodorder settle set.passport --delivery --trust court.trust.json',
      'goodorder settle set.passport --triggers cover.yaml --trust court.trust.json',
    ],
    [
      '0 answered; nothing is ever paid   11 the finding was referred to a human',
      '3 unreadable or refused input   2 wrong command line',
    ],
  );
  command.action(async (files: string[], options: SettleOptions) => {
    const { io } = session;
    const products = [options.dispute, options.delivery, options.triggers].filter((one) => one !== undefined);
    if (products.length !== 1) {
      const message = 'name one product: --dispute <file>, --delivery or --triggers <file>';
      throw new GoodOrderError('cli.usage', message);
    }
    if (options.policy !== undefined && options.dispute === undefined)
      throw new GoodOrderError('cli.usage', '`--policy` goes with --dispute');
    const disputed = options.dispute === undefined ? null : await readDisputeFile(options.dispute, io);
    const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
    const at = options.at ?? disputed?.dispute.asOf.utcS ?? io.now();
    const { passports } = await verifyFiles(files, { trust, at }, io);
    const text: SettleTextOptions = {
      language: options.lang,
      width: session.terminal(options).width,
      names: new Map((disputed?.dispute.parties ?? []).map(({ id, name }) => [id, name])),
      numbers: new Map(passports.flatMap(({ records }) => records.map(({ id, number }) => [id, number]))),
    };
    const ndjson = options.format === 'ndjson';
    if (disputed !== null) {
      const { dispute, source } = disputed;
      const packs = await packsFor(dispute, options.pack ?? [], io);
      const policy = options.policy === undefined ? NO_POLICY : await readPolicyFile(options.policy, io);
      const assessment = assess(passports, dispute, packs, source);
      const settlement = settle(assessment, policy);
      if (settlement.disposition === 'refer-to-human') session.exit = EXIT.undecided;
      if (ndjson) for (const one of settlement.instructions) session.printJson(one, options);
      else session.result(options, settlement, settlementLines(settlement, text));
      return;
    }
    const facts = deriveFacts(passports, scopeWithout(passports));
    if (options.delivery === true) {
      const confirmation = confirmDelivery(passports, facts);
      session.result(options, { schemaVersion: 1, ...confirmation }, deliveryLines(confirmation, text));
      return;
    }
    const table = await readTableFile(options.triggers!, io);
    const items = [...new Set(passports.map(({ item }) => item))];
    const events = items.flatMap((item) => triggerEvents(facts, item, table));
    if (ndjson) for (const one of events) session.printJson(one, options);
    else session.result(options, { schemaVersion: 1, events }, triggerLines(events, text));
  });
}
