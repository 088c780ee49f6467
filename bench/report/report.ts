import type { BenchResults, Figures } from '../results.ts';
import { aligned, type Table } from './format.ts';
import { labTables } from './lab-tables.ts';
import { panelTables } from './panel-tables.ts';
import { stackTables } from './stack-tables.ts';
import { targetTable } from './targets.ts';

/** The tables of a run, targets first, for a terminal or for docs/benchmarks.md. */
export function reportLines(
  { figures, machine, versions, rate, seconds }: BenchResults,
  draw: typeof aligned = aligned
): readonly string[] {
  const { cpu, cores, memoryGb, load } = machine;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${rate} events/s, ${seconds} s a measurement; ${names.join(', ')}`,
    `${cores} × ${cpu}, ${memoryGb} GB, load ${load.join(' → ')}`,
    ...tablesOf(figures).flatMap(table => ['', ...draw(table)])
  ];
}

function tablesOf(figures: Figures): readonly Table[] {
  const { panels, lab } = figures;
  return [
    targetTable(figures),
    ...(panels === undefined ? [] : panelTables(panels)),
    ...(lab === undefined ? [] : labTables(lab)),
    ...stackTables(figures)
  ].filter(table => table.length > 0);
}
