/** Parts of the benchmark by name, in the order in which they run, and what they measure. */
export const BENCH_SECTIONS = {
  panels: 'live panels in a page beside other chart libraries; needs no stack (12 minutes)',
  kernel: 'start of a kernel until it answers; needs no stack',
  sessions: 'start of ten Spark sessions, and what they hold',
  statements: 'round trips of statements, and a %sql cell',
  streams: 'word count from produce to result, in both modes',
  lab: 'a live view in JupyterLab: produce and kernel to painted, reload, size of the notebook',
  producing: "records a second, beside Kafka's own tool"
} as const;
export type BenchSection = keyof typeof BENCH_SECTIONS;

/** What `npm run bench -- --help` says, a line each. */
export function benchHelp(): readonly string[] {
  const width = Math.max(...Object.keys(BENCH_SECTIONS).map(name => name.length));
  return [
    'npm run bench -- [SECTION …] [--seconds N] [--rate N]',
    '',
    'Measures everything, or the sections that are named:',
    ...Object.entries(BENCH_SECTIONS).map(([name, what]) => `  ${name.padEnd(width)}  ${what}`),
    '',
    '  --seconds  length of a measurement of streams and views; 60 unless said otherwise',
    '  --rate     records a second; 1,000 unless said otherwise'
  ];
}
