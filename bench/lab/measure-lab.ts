import type { Workbench } from '../workbench.ts';
import type { LabFigures } from './figures.ts';
import { measureRedisplay } from './redisplay.ts';
import { measureStreamView, type LabOptions } from './stream-view.ts';

/** A live view in JupyterLab, and then a chart that is displayed again and again. */
export async function measureLab(options: LabOptions, bench: Workbench): Promise<LabFigures> {
  const own = await measureStreamView(options, bench);
  return { ...own, redisplayed: await measureRedisplay(options, bench) };
}
