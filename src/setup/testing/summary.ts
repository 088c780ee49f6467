import type { GroupOutcome } from './group.ts';
import { addTallies } from './tally.ts';

/** The table of all groups; its last line is `N passed, N failed`. */
export function summaryLines(outcomes: readonly GroupOutcome[]): readonly string[] {
  const rows = outcomes.map(outcome => [
    outcome.failed === 0 ? '✓' : '✗',
    outcome.name,
    String(outcome.passed),
    String(outcome.failed),
    `${outcome.seconds.toFixed(1)} s`
  ]);
  const table = [['', 'group', 'passed', 'failed', 'time'], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map(row => row[column]?.length ?? 0))
  );
  const lines = table.map(row =>
    row
      .map((cell, column) => {
        const width = widths?.[column] ?? 0;
        return column < 2 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd()
  );
  const { passed, failed } = addTallies(outcomes);
  return ['', ...lines, '', `${passed} passed, ${failed} failed`];
}
