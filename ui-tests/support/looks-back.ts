import type { LiveViewPanel } from './live-view.ts';
import { until } from './until.ts';

const STEPS = 8;
const LIMIT_MS = 30_000;

/** Goes some steps back by the keys of the slider, to where bars were smaller; gives their sum before that. */
export async function looksBack(bars: LiveViewPanel): Promise<number> {
  await bars.goesLive();
  const now = await bars.grows(0);
  await bars.slider.focus();
  for (let step = 0; step < STEPS; step += 1) await bars.slider.press('ArrowLeft');
  await bars.becomes('past');
  await until(
    'fewer of them',
    LIMIT_MS,
    () => bars.sum(),
    sum => sum > 0 && sum < now
  );
  return now;
}
