import { expect, test } from 'vitest';
import { StepBudget, StepsExhausted } from '../../src/finding/step-budget.js';

const counts = (budget: StepBudget): readonly number[] => [budget.used, budget.left];

test('steps are counted one by one or many at once, and the last may still be taken', () => {
  const budget = new StepBudget(4);
  expect(counts(budget)).toEqual([0, 4]);
  budget.take();
  expect(counts(budget)).toEqual([1, 3]);
  budget.take(3);
  expect(counts(budget)).toEqual([4, 0]);
});

test('one step more than given stops the finding, and is counted', () => {
  const budget = new StepBudget(1);
  budget.take();
  expect(() => budget.take()).toThrow(StepsExhausted);
  expect(() => budget.take(0)).toThrow('the finding takes more steps than allowed');
  expect(counts(budget)).toEqual([2, -1]);
  expect(new StepsExhausted().name).toBe('StepsExhausted');
});

test('steps taken elsewhere count without stopping there, and stop the next step here', () => {
  const budget = new StepBudget(3);
  budget.spend(5);
  expect(counts(budget)).toEqual([5, -2]);
  expect(() => budget.take()).toThrow(StepsExhausted);
});
