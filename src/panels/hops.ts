import { DRY_HOPS, type DryHop } from '../shared/dry-hop.ts';
import type { Translate } from './translate.ts';

/** A step of the line that is drawn for a person. */
export interface HopStep {
  readonly label: string;
  /** Records come through, none do, or it cannot be told. */
  readonly state: 'passed' | 'dry' | 'unknown';
}

/** The way of the records as steps; the last one is the rows that are missing. */
export function hopSteps(dry: DryHop, trans: Translate): HopStep[] {
  const labels: readonly (readonly [DryHop, string])[] = [
    ['topic', trans.__('Topic')],
    ['offsets', trans.__('New records')],
    ['batch', trans.__('Batch')],
    ['parse', trans.__('Parsed')],
    ['watermark', trans.__('Watermark')],
    ['filter', trans.__('Kept')]
  ];
  const at = DRY_HOPS.indexOf(dry);
  return labels.map(([hop, label]) => {
    const place = DRY_HOPS.indexOf(hop);
    return { label, state: place < at ? 'passed' : place === at ? 'dry' : 'unknown' };
  });
}
