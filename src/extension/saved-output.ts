import { summaryText } from '../panels/texts.ts';
import type { Translate } from '../panels/translate.ts';
import { fitSnapshot, MAX_SNAPSHOT_BYTES } from '../shared/fit-snapshot.ts';
import { VIEW_MIME } from '../shared/names.ts';
import { vegaLiteSpec } from '../shared/vega/spec.ts';
import { LIGHT_THEME } from '../shared/vega/theme.ts';
import { frameRows, type ViewSnapshot } from '../shared/view.ts';

const VEGA_LITE_MIME = 'application/vnd.vegalite.v5+json';
const PNG_MIME = 'image/png';
/** The data are kept twice, for this extension and for others; the rest is for the picture. */
const MAX_DATA_BYTES = MAX_SNAPSHOT_BYTES / 2;

type Bundle = Readonly<Record<string, unknown>>;

/**
 * What a notebook keeps of a view: its data for this extension, a chart for clients that draw
 * Vega-Lite 5, a picture for those that draw nothing, and text. Too much loses rows first, then the
 * picture. `png` is base64, of this or of a slightly earlier state.
 */
export function savedOutput(snapshot: ViewSnapshot, png: string | null, trans: Translate): Bundle {
  const kept = fitSnapshot(snapshot, one => bytesOf(dataOf(one)), MAX_DATA_BYTES);
  const bundle = { ...dataOf(kept), 'text/plain': summaryText(kept.view, kept.frame, trans) };
  const fits = png !== null && bytesOf(bundle) + png.length <= MAX_SNAPSHOT_BYTES;
  return fits ? { ...bundle, [PNG_MIME]: png } : bundle;
}

/** The picture of a snapshot as others draw it: light, with its title. */
export function savedSpec({ view, frame }: ViewSnapshot): Record<string, unknown> {
  return vegaLiteSpec(view, {
    theme: LIGHT_THEME,
    rows: frameRows(view, frame),
    title: view.title
  });
}

function dataOf(snapshot: ViewSnapshot): Bundle {
  return { [VIEW_MIME]: snapshot, [VEGA_LITE_MIME]: savedSpec(snapshot) };
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
