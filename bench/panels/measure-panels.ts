import { projectFiles } from '../../src/setup/project.ts';
import { bundlePage } from './bundle.ts';
import type { PanelFigures } from './figures.ts';
import { measureHeap, measureMany, measureShares, measureUpdates } from './measure.ts';

export interface PanelOptions {
  /** Chromium. */
  readonly program: string;
  /** Length of a measurement at a steady pace. */
  readonly seconds: number;
  readonly step: <T>(label: string, work: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

/** Panels on a page of their own: no kernel, no JupyterLab, nothing else that computes. */
export async function measurePanels(options: PanelOptions): Promise<PanelFigures> {
  const { program, seconds, step, signal } = options;
  const setting = { program, files: await bundlePage(projectFiles().root), signal };
  return {
    updates: await step('panels, one update', () => measureUpdates(setting)),
    shares: await step('panels, three at 10 Hz', () => measureShares(seconds, setting)),
    many: await step('panels, fifty views', () => measureMany(seconds, setting)),
    heap: await step('panels, heap over 100,000 updates', () => measureHeap(setting))
  };
}
