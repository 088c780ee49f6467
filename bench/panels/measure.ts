import { DRAWERS, DRAWS } from '../page/contract.ts';
import type { Drawer, BenchKind } from '../page/contract.ts';
import { BENCH_KINDS } from '../page/contract.ts';
import { distribution } from '../percentiles.ts';
import { withBenchPage, type PageSetting } from './bench-page.ts';
import { LINE_UPS, type HeapGrowth, type LineUp, type ManyViews } from './figures.ts';
import type { MainThreadShare, UpdateCost } from './figures.ts';
import { manyPanelsOf, panelsOf } from './line-ups.ts';

/** Three panels in two columns, all of them in sight. */
const DESK = { width: 1_240, height: 1_600 };
const IN_A_ROW = { columns: 1, tile: null };
const IN_TWO = { columns: 2, tile: null };
/** A dashboard of fifty tiles, all of them in sight, on the whole of a 4K screen. */
const SCREEN = { width: 3_840, height: 2_160 };
const TILES = { columns: 10, tile: { width: 374, height: 420 } };
const TILED_VIEWS = 50;

const THREE: readonly BenchKind[] = ['bars', 'line', 'table'];
const TICK_MS = 100;
const WARM_UP_MS = 3_000;
const IDLE_MS = 4_000;

const TIMED_UPDATES = 100;
const TIMED_PAUSE_MS = 30;

/** Updates before the first look at the heap: caches fill, and code is compiled. */
const HEAP_WARM_UP = { own: 6_000, peer: 300 };
export const HEAP_UPDATES = { own: 100_000, peer: 3_000 };
const HEAP_LIMIT_MS = 480_000;

/** One update after another, alone on the page, for all that each drawer can draw. */
export async function measureUpdates(setting: PageSetting): Promise<UpdateCost[]> {
  const costs: UpdateCost[] = [];
  for (const drawer of DRAWERS)
    for (const kind of DRAWS[drawer]) costs.push(await measureUpdate(drawer, kind, setting));
  return costs;
}

function measureUpdate(drawer: Drawer, kind: BenchKind, setting: PageSetting): Promise<UpdateCost> {
  return withBenchPage(setting, DESK, async page => {
    await page.mount([{ drawer, kind }], IN_A_ROW);
    await page.time(TIMED_UPDATES / 4, TIMED_PAUSE_MS);
    const times = await page.time(TIMED_UPDATES, TIMED_PAUSE_MS);
    return { drawer, kind, time: distribution(times) };
  });
}

/** Bars, lines and a table, ten times a second. */
export async function measureShares(
  seconds: number,
  setting: PageSetting
): Promise<MainThreadShare[]> {
  const shares: MainThreadShare[] = [];
  for (const lineUp of LINE_UPS) shares.push(await measureShare(lineUp, seconds, setting));
  return shares;
}

function measureShare(
  lineUp: LineUp,
  seconds: number,
  setting: PageSetting
): Promise<MainThreadShare> {
  return withBenchPage(setting, DESK, async page => {
    await page.mount(panelsOf(lineUp, THREE), IN_TWO);
    await page.pace(TICK_MS, WARM_UP_MS);
    const idle = await page.busyWhile(() => page.rest(IDLE_MS));
    const busy = await page.busyWhile(() => page.pace(TICK_MS, seconds * 1_000));
    const { ms, painted } = busy.result;
    return {
      lineUp,
      busy: busy.busy - idle.busy,
      cpu: busy.cpu - idle.cpu,
      rate: (Math.min(...painted) * 1_000) / ms
    };
  });
}

/** A dashboard of all kinds that is updated as fast as it draws. */
export async function measureHeap(setting: PageSetting): Promise<HeapGrowth[]> {
  const growths: HeapGrowth[] = [];
  for (const lineUp of ['Headrace', 're-embedding', 'ECharts and uPlot'] as const)
    growths.push(await measureGrowth(lineUp, setting));
  return growths;
}

function measureGrowth(lineUp: LineUp, setting: PageSetting): Promise<HeapGrowth> {
  const side = lineUp === 'Headrace' ? 'own' : 'peer';
  return withBenchPage(setting, DESK, async page => {
    await page.mount(panelsOf(lineUp, BENCH_KINDS), IN_TWO);
    await page.drive(HEAP_WARM_UP[side], HEAP_LIMIT_MS);
    const before = await page.collected();
    const { ms, updates } = await page.drive(HEAP_UPDATES[side], HEAP_LIMIT_MS);
    const after = await page.collected();
    return {
      lineUp,
      updates,
      seconds: ms / 1_000,
      bytes: after.heap - before.heap,
      nodes: after.nodes - before.nodes
    };
  });
}

/** Fifty views in sight that are offered ten states a second each. */
export async function measureMany(seconds: number, setting: PageSetting): Promise<ManyViews[]> {
  const all: ManyViews[] = [];
  for (const lineUp of ['Headrace', 're-embedding', 'ECharts and uPlot'] as const)
    all.push(await measureTiles(lineUp, seconds, setting));
  return all;
}

function measureTiles(lineUp: LineUp, seconds: number, setting: PageSetting): Promise<ManyViews> {
  return withBenchPage(setting, SCREEN, async page => {
    const panels = manyPanelsOf(lineUp, TILED_VIEWS);
    await page.mount(panels, TILES);
    await page.pace(TICK_MS, WARM_UP_MS);
    const { ms, painted } = await page.pace(TICK_MS, seconds * 1_000);
    const rates = painted.map(count => (count * 1_000) / ms).sort((a, b) => a - b);
    return {
      lineUp,
      views: panels.length,
      slowest: rates[0] ?? 0,
      median: rates[Math.floor(rates.length / 2)] ?? 0
    };
  });
}
