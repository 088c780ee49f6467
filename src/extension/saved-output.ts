import { summaryText } from '../panels/texts.ts';
import type { Translate } from '../panels/translate.ts';
import { fitSnapshot, MAX_SNAPSHOT_BYTES } from '../shared/fit-snapshot.ts';
import { VIEW_MIME } from '../shared/names.ts';
import { definitionComplaints } from '../shared/vega/guard.ts';
import { vegaLiteSpec } from '../shared/vega/spec.ts';
import { stampLine } from '../shared/vega/stamp.ts';
import { LIGHT_THEME } from '../shared/vega/theme.ts';
import { frameRows, type ViewSnapshot } from '../shared/view.ts';

const VEGA_LITE_MIME = 'application/vnd.vegalite.v5+json';
const PNG_MIME = 'image/png';
/** Rows of a table in its picture: more cannot be read there, and make the picture too large to be kept. */
const PICTURED_ROWS = 20;
/** The data are kept twice, for this extension and for others; the rest is for the picture. */
const MAX_DATA_BYTES = MAX_SNAPSHOT_BYTES / 2;

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

/** The picture of a snapshot as others draw it: light, with its title and stamp. */
export function savedSpec(snapshot: ViewSnapshot): Record<string, unknown> {
  const { view, frame } = snapshot;
  const limit = view.kind === 'table' ? Math.min(view.limit, PICTURED_ROWS) : view.limit;
  return vegaLiteSpec(
    { ...view, limit },
    {
      theme: LIGHT_THEME,
      rows: frameRows(view, frame),
      labels: frame.labels,
      title: view.title,
      stamp: stampLine(snapshot)
    }
  );
}

function isDrawn({ view }: ViewSnapshot, png: string | null): boolean {
  if (view.definition === null) return true;
  return png !== null && definitionComplaints(view.definition).length === 0;
}

function dataOf(snapshot: ViewSnapshot, drawn: boolean): Bundle {
  const data = { [VIEW_MIME]: snapshot };
  return drawn ? { ...data, [VEGA_LITE_MIME]: savedSpec(snapshot) } : data;
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
