import type { Command } from 'commander';
import { addHelpText, type Session } from '../command.js';
import { defineSensorGuess } from '../sensor/define-guess.js';
import { defineSensorImport } from '../sensor/define-import.js';

export function defineSensor(command: Command, session: Session): void {
  addHelpText(
    command,
    [
      'goodorder sensor import leg-b.csv --map leg-b.columns.yaml',
      'goodorder sensor guess leg-b.csv -o guessed.columns.yaml',
    ],
    ['0 read   3 refused'],
  );
  defineSensorImport(command, session);
  defineSensorGuess(command, session);
}
