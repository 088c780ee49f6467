import type { StreamStatus } from '../../src/shared/stream-status.ts';
import type { ViewFrame } from '../../src/shared/view.ts';
import type { BenchKind } from './contract.ts';
import { BARS, BINS, LINE_POINTS, LINE_STEP_MS, PAGES, REGIONS, SERIES } from './views.ts';
import { TABLE_ROWS } from './views.ts';

type Data = ViewFrame['data'];

/** As many words as are counted; the largest are shown. */
const WORDS = 200;
const BIN_WIDTH = 20;

/** The state of a view of one kind at a tick: every value has changed since the last one. */
export function benchFrame(kind: BenchKind, tick: number, now: number): ViewFrame {
  const data = MAKERS[kind](tick, now);
  return {
    status: status(tick, now),
    data,
    labels:
      kind === 'line' ? Object.fromEntries(SERIES.map((name, index) => [`s${index}`, name])) : {},
    total: kind === 'bars' ? WORDS : 1_000 + tick,
    sum: kind === 'bars' ? tick * WORDS : null,
    eventTimeMax: now - 20,
    historyFrom: null
  };
}

const MAKERS: Readonly<Record<BenchKind, (tick: number, now: number) => Data>> = {
  bars: tick => {
    const counts = Array.from({ length: WORDS }, (_, word) => ({
      word: `word${word}`,
      n: Math.round((tick * 40) / (word + 1) + 400 * noise(word, tick))
    }));
    const top = counts.sort((a, b) => b.n - a.n).slice(0, BARS);
    return { word: top.map(({ word }) => word), n: top.map(({ n }) => n) };
  },
  line: (_, now) => {
    const times = steps(now);
    return {
      time: times,
      ...Object.fromEntries(
        SERIES.map((__, series) => [
          `s${series}`,
          times.map(time => level(series, Math.round(time / LINE_STEP_MS)))
        ])
      )
    };
  },
  table: (tick, now) => {
    const rows = Array.from({ length: TABLE_ROWS }, (_, index) => index);
    return {
      at: rows.map(index => now - index * 5),
      user: rows.map(index => `user-${pick(tick, index, 5_000)}`),
      page: rows.map(index => PAGES[pick(tick, index + 100, PAGES.length)] ?? ''),
      region: rows.map(index => REGIONS[pick(tick, index + 200, REGIONS.length)] ?? ''),
      status: rows.map(index => (pick(tick, index + 300, 20) === 0 ? 500 : 200)),
      ms: rows.map(index => pick(tick, index + 400, 900))
    };
  },
  number: (_, now) => {
    const times = steps(now);
    return { time: times, value: times.map(time => level(0, Math.round(time / LINE_STEP_MS))) };
  },
  histogram: tick => {
    const bins = Array.from({ length: BINS }, (_, index) => index);
    return {
      from: bins.map(bin => bin * BIN_WIDTH),
      to: bins.map(bin => (bin + 1) * BIN_WIDTH),
      n: bins.map(bin =>
        Math.round(tick * Math.exp(-((bin - 9) ** 2) / 40) + 50 * noise(bin, tick))
      )
    };
  },
  heatmap: tick => {
    const cells = PAGES.flatMap((page, x) => REGIONS.map((region, y) => ({ page, region, x, y })));
    return {
      page: cells.map(({ page }) => page),
      region: cells.map(({ region }) => region),
      n: cells.map(({ x, y }) => Math.round(tick / (x + y + 1) + 100 * noise(x * 31 + y, tick)))
    };
  }
};

function steps(now: number): number[] {
  const last = Math.floor(now / LINE_STEP_MS) * LINE_STEP_MS;
  return Array.from(
    { length: LINE_POINTS },
    (_, index) => last - (LINE_POINTS - 1 - index) * LINE_STEP_MS
  );
}

/** A slow wave with noise, per series; the same step always has the same value. */
function level(series: number, step: number): number {
  const wave = Math.sin(step / 40 + series) * 200;
  return Math.round(600 + series * 150 + wave + 120 * noise(series, step));
}

/** 0 to 1, by a hash of the two numbers. */
function noise(a: number, b: number): number {
  const mixed = Math.imul((a * 73_856_093) ^ (b * 19_349_663), 0x9e3779b1);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

function pick(tick: number, index: number, below: number): number {
  return Math.floor(noise(index, tick) * below);
}

function status(tick: number, now: number): StreamStatus {
  return {
    state: 'live',
    mode: 'real-time',
    reason: '',
    inputRate: 1_000 + 50 * noise(1, tick),
    resultRate: 900 + 50 * noise(2, tick),
    latencyMs: 30 + 10 * noise(3, tick),
    latencyP95Ms: 60 + 10 * noise(4, tick),
    rows: 100 + tick * 100,
    dropped: 0,
    dead: 0,
    backlog: 0,
    batch: null,
    topicRecords: null,
    offered: null,
    late: 0,
    watermark: null,
    startedAt: now - 60_000,
    updatedAt: now
  };
}
