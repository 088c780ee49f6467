import { formatNumber } from '../shared/vega/format.ts';
import type { Gap } from './gaps.ts';
import { formatSpan } from './texts.ts';
import type { Translate } from './translate.ts';

/** One line on what a page missed; all of it is in what is shown now. */
export function gapText({ from, to, rows, reason }: Gap, trans: Translate): string {
  const time = formatSpan(to - from);
  const count = formatNumber(rows);
  return reason === 'reloaded'
    ? trans.__('Saved %1 ago: %2 rows came since, now shown', time, count)
    : trans.__('Away for %1: %2 rows came meanwhile, now shown', time, count);
}
