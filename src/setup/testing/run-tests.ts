import { closest } from 'fastest-levenshtein';
import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { GroupContext, GroupOutcome, TestGroup } from './group.ts';
import { leftovers } from './leftovers.ts';
import { runGroup } from './run-group.ts';
import { summaryLines } from './summary.ts';

export interface TestRunOptions extends Omit<GroupContext, 'log'> {
  /** Groups of one lane run one after the other, lanes side by side. */
  readonly lanes: readonly (readonly TestGroup[])[];
  readonly say: (line: string) => void;
  readonly clock: Clock;
}

/** Runs the groups and tells the outcome; true when nothing failed. */
export async function runTests(options: TestRunOptions): Promise<boolean> {
  const inLanes = await Promise.all(options.lanes.map(lane => runLane(lane, options)));
  // Also after Ctrl-C: this is what ends the processes of an interrupted run.
  const signal = new AbortController().signal;
  const last = await runLane([leftovers(options.clock)], { ...options, signal });
  const outcomes = [...inLanes.flat(), ...last];
  for (const outcome of outcomes) explain(outcome, options.say);
  summaryLines(outcomes).forEach(options.say);
  return outcomes.every(outcome => outcome.failed === 0);
}

/**
 * The lanes with only the wanted groups, or all that run without being named; rejects with HR_USAGE for a
 * name that is none.
 */
export function selectLanes(
  lanes: readonly (readonly TestGroup[])[],
  wanted: readonly string[]
): readonly (readonly TestGroup[])[] {
  const names = lanes.flat().map(group => group.name);
  const unknown = wanted.find(name => !names.includes(name));
  if (unknown !== undefined)
    throw new HeadraceError('HR_USAGE', `There is no group of tests named ${unknown}`, {
      next: `Did you mean ${closest(unknown, names)}? Groups are ${names.join(', ')}.`
    });
  const runs = ({ name, onRequest = false }: TestGroup): boolean =>
    wanted.length === 0 ? !onRequest : wanted.includes(name);
  return lanes.map(lane => lane.filter(runs)).filter(lane => lane.length > 0);
}

async function runLane(
  lane: readonly TestGroup[],
  options: TestRunOptions
): Promise<readonly GroupOutcome[]> {
  const outcomes: GroupOutcome[] = [];
  for (const group of lane) {
    if (options.signal.aborted) break;
    options.say(`… ${group.name}: ${group.summary}`);
    const outcome = await runGroup(group, options, options.clock);
    const sign = outcome.failed === 0 ? '✓' : '✗';
    options.say(`${sign} ${group.name} (${outcome.seconds.toFixed(1)} s)`);
    outcomes.push(outcome);
  }
  return outcomes;
}

function explain(outcome: GroupOutcome, say: (line: string) => void): void {
  if (outcome.failed === 0) return;
  say(`\n── ${outcome.name}: ${outcome.failed} failed ── ${outcome.logFile}`);
  outcome.excerpt.forEach(say);
}
