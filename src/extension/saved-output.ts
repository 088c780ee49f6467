import { summaryText } from '../panels/texts.ts';
import type { Translate } from '../panels/translate.ts';
import { VIEW_MIME } from '../shared/names.ts';
import { fitSnapshot, MAX_SNAPSHOT_BYTES } from '../shared/saved/fit-snapshot.ts';
import { savedChart } from '../shared/saved/saved-chart.ts';
import { definitionComplaints } from '../shared/vega/guard.ts';
import { stampLine } from '../shared/vega/stamp.ts';
import type { ViewSnapshot } from '../shared/view.ts';

const VEGA_LITE_MIME = 'application/vnd.vegalite.v5+json';
const PNG_MIME = 'image/png';
/** The data are kept twice, for this extension and for others; the rest is for the picture. */
const MAX_DATA_BYTES = MAX_SNAPSHOT_BYTES / 2;
/** Room for the text beside both. */
export const MAX_PICTURE_BYTES = MAX_SNAPSHOT_BYTES / 2 - 2_048;

type Bundle = Readonly<Record<string, unknown>>;

/**
 * What a notebook keeps of a view: its data for this extension, a chart for clients that draw
 * Vega-Lite 5, a picture for those that draw nothing, and text. Too much loses rows first, then the
 * picture. `png` is base64, of this or of a slightly earlier state. A definition of an author is kept as a
 * chart once it has been drawn: one that is refused never has a picture.
 */
export function savedOutput(snapshot: ViewSnapshot, png: string | null, trans: Translate): Bundle {
  const drawn = isDrawn(snapshot, png);
  const kept = fitSnapshot(snapshot, one => bytesOf(dataOf(one, drawn)), MAX_DATA_BYTES);
  const text = `${summaryText(kept.view, kept.frame, trans)}\n${stampLine(kept)}`;
  const bundle = { ...dataOf(kept, drawn), 'text/plain': text };
  const fits = drawn && png !== null && bytesOf(bundle) + png.length <= MAX_SNAPSHOT_BYTES;
  return fits ? { ...bundle, [PNG_MIME]: png } : bundle;
}

function isDrawn({ view }: ViewSnapshot, png: string | null): boolean {
  if (view.definition === null) return true;
  return png !== null && definitionComplaints(view.definition).length === 0;
}

function dataOf(snapshot: ViewSnapshot, drawn: boolean): Bundle {
  const data = { [VIEW_MIME]: snapshot };
  return drawn ? { ...data, [VEGA_LITE_MIME]: savedChart(snapshot) } : data;
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
