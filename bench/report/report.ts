import type { BenchResults } from '../results.ts';
import { aligned, type Table } from './format.ts';
import { labTables } from './lab-tables.ts';
import { panelTables } from './panel-tables.ts';
import { stackTables } from './stack-tables.ts';
import { targetTable } from './targets.ts';

/** The tables that `npm run bench` prints, targets first. */
export function reportLines({
  figures,
  machine,
  versions,
  rate,
  seconds
}: BenchResults): readonly string[] {
  const { panels, lab } = figures;
  const tables: readonly Table[] = [
    targetTable(figures),
    ...(panels === undefined ? [] : panelTables(panels)),
    ...(lab === undefined ? [] : labTables(lab)),
    ...stackTables(figures)
  ];
  const { cpu, cores, memoryGb, load } = machine;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${rate} events/s, ${seconds} s a measurement; ${names.join(', ')}`,
    `${cores} × ${cpu}, ${memoryGb} GB, load ${load.join(' → ')}`,
    ...tables.filter(table => table.length > 0).flatMap(table => ['', ...aligned(table)])
  ];
}
