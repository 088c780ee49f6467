import { HeadraceError } from '../../src/shared/errors.ts';
import type { ProducerRun } from '../../src/runtime/producers/port.ts';
import { distribution, type Distribution } from '../percentiles.ts';
import { wordSource } from '../word-source.ts';
import type { Workbench } from '../workbench.ts';
import type { FileGrowth, LabFigures, PaintParts } from './figures.ts';
import { LIVE_LIMIT_MS, withLabPage, type BenchNotebook, type LabPage } from './lab-page.ts';
import { readMoments, takeStates, type Moments, type PaintedState } from './watch-script.ts';

const TOPIC = 'bench-painted';
/** A wanted save is written within this time, milliseconds; a file that does not rest is measured as it is. */
const SETTLING_MS = 3_000;
const SETTLING_LOOKS = 5;
const WARM_UP_SECONDS = 10;
const RELOADS = 5;
/** Longer than all that is measured while it runs; it is stopped after that. */
const PRODUCED_SECONDS = 3_600;
const POLL_MS = 100;
const NOTEBOOK: BenchNotebook = {
  file: 'painted.ipynb',
  kernel: { name: 'headrace', label: 'Headrace (PySpark)', language: 'python' },
  cells: ['%provision local', `%stream wordcount --topic ${TOPIC} --as painted --top 20`]
};

export interface LabOptions {
  readonly rate: number;
  readonly seconds: number;
  /** Chromium. */
  readonly program: string;
}

/** The word count as a view in JupyterLab, from the producer and from the kernel to the screen. */
export async function measureStreamView(
  options: LabOptions,
  bench: Workbench
): Promise<Omit<LabFigures, 'redisplayed'>> {
  const { kafka, signal } = bench;
  await kafka.admin.createTopics([{ name: TOPIC, partitions: 2 }], signal);
  try {
    return await withLabPage(NOTEBOOK, options.program, bench, async lab => {
      await lab.run();
      await lab.page.locator('[data-event-time]').first().waitFor({ timeout: LIVE_LIMIT_MS });
      const run = await produceWords(options.rate, bench);
      try {
        return await measureWhileItRuns(options.seconds, lab, bench);
      } finally {
        run.stop();
        await run.finished;
      }
    });
  } finally {
    await kafka.admin.deleteTopics([TOPIC], signal);
  }
}

async function measureWhileItRuns(
  seconds: number,
  lab: LabPage,
  bench: Workbench
): Promise<Omit<LabFigures, 'redisplayed'>> {
  await bench.clock.sleep(WARM_UP_SECONDS * 1_000, bench.signal);
  await takeStates(lab.page);
  const file = await growth(seconds, lab, bench);
  const states = await takeStates(lab.page);
  return {
    produced: waitingTimes(states),
    sent: sendingTimes(states),
    parts: paintParts(states),
    rate: states.length / seconds,
    file,
    reload: await reloads(lab, bench)
  };
}

/** What is streamed meanwhile changes the file by so much; it is saved before, and by JupyterLab if it has changed. */
export async function growth(
  seconds: number,
  lab: LabPage,
  { clock, signal }: Workbench
): Promise<FileGrowth> {
  await lab.save();
  const before = await settledFile(lab, clock, signal);
  let now = before;
  let writes = 0;
  for (let second = 0; second < seconds; second += 1) {
    await clock.sleep(1_000, signal);
    const { writtenAt } = now;
    now = await lab.file();
    if (now.writtenAt > writtenAt) writes += 1;
  }
  return { seconds, bytes: now.bytes - before.bytes, writes };
}

/** A save of JupyterLab's own may have been taken for the one that was wanted, which is written a moment later. */
async function settledFile(lab: LabPage, clock: Workbench['clock'], signal: AbortSignal) {
  let file = await lab.file();
  for (let looks = 0; looks < SETTLING_LOOKS; looks += 1) {
    await clock.sleep(SETTLING_MS, signal);
    const now = await lab.file();
    if (now.writtenAt === file.writtenAt) return now;
    file = now;
  }
  return file;
}

async function reloads(lab: LabPage, bench: Workbench): Promise<LabFigures['reload']> {
  await lab.save();
  const whole: number[] = [];
  const view: number[] = [];
  for (let round = 0; round < RELOADS; round += 1) {
    await lab.page.reload({ waitUntil: 'commit' });
    const { shown, live } = await liveAgain(lab, bench);
    whole.push(live);
    view.push(live - shown);
  }
  return { whole: distribution(whole), view: distribution(view) };
}

async function liveAgain(
  { page }: LabPage,
  { clock, signal }: Workbench
): Promise<{ shown: number; live: number }> {
  const deadline = clock.now() + LIVE_LIMIT_MS;
  while (clock.now() < deadline) {
    const { shown, live }: Moments = await readMoments(page);
    if (shown !== null && live !== null) return { shown, live };
    await clock.sleep(POLL_MS, signal);
  }
  throw new HeadraceError('HR_PROCESS', 'The view was not live again after the page was reloaded');
}

async function produceWords(rate: number, { clock, producers }: Workbench): Promise<ProducerRun> {
  const source = wordSource({ total: rate * PRODUCED_SECONDS, clock });
  return producers.start({ name: 'bench_painted', topic: TOPIC, source, rate });
}

/** A record of any millisecond waits for the first painted state that reaches so far. */
export function waitingTimes(states: readonly PaintedState[]): Distribution {
  const waits: number[] = [];
  let covered = states[0]?.newest ?? 0;
  for (const { newest, paintedAt } of states) {
    if (newest === null) continue;
    for (let time = covered + 1; time <= newest; time += 1) waits.push(paintedAt - time);
    covered = Math.max(covered, newest);
  }
  return distribution(waits);
}

/** Kernel's message to painted. */
export function sendingTimes(states: readonly PaintedState[]): Distribution {
  return distribution(states.map(({ sentAt, paintedAt }) => paintedAt - sentAt));
}

/** The parts of that. */
export function paintParts(states: readonly PaintedState[]): PaintParts {
  return {
    arrived: distribution(states.map(({ sentAt, arrivedAt }) => arrivedAt - sentAt)),
    drawn: distribution(states.map(({ arrivedAt, drawnAt }) => drawnAt - arrivedAt)),
    shown: distribution(states.map(({ drawnAt, paintedAt }) => paintedAt - drawnAt))
  };
}
