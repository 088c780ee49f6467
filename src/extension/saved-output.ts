import { summaryText } from '../panels/texts.ts';
import type { Translate } from '../panels/translate.ts';
import { VIEW_MIME } from '../shared/names.ts';
import { vegaLiteSpec } from '../shared/vega/spec.ts';
import { LIGHT_THEME } from '../shared/vega/theme.ts';
import { frameRows, type ViewFrame, type ViewSnapshot } from '../shared/view.ts';

const VEGA_LITE_MIME = 'application/vnd.vegalite.v5+json';
const PNG_MIME = 'image/png';
/** The most that one view adds to a saved notebook, characters of JSON. */
const MAX_LENGTH = 64 * 1024;

type Bundle = Readonly<Record<string, unknown>>;

/**
 * What a notebook keeps of a view: its data for this extension, a chart for clients that draw
 * Vega-Lite 5, a picture for those that draw nothing, and text. Too much loses rows first, then the
 * picture. `png` is base64, of this or of a slightly earlier state.
 */
export function savedOutput(snapshot: ViewSnapshot, png: string | null, trans: Translate): Bundle {
  const kept = fit(snapshot);
  const bundle = { ...dataOf(kept), 'text/plain': summaryText(kept.view, kept.frame, trans) };
  if (png === null || JSON.stringify(bundle).length + png.length > MAX_LENGTH) return bundle;
  return { ...bundle, [PNG_MIME]: png };
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

function fit(snapshot: ViewSnapshot): ViewSnapshot {
  const rows = frameRows(snapshot.view, snapshot.frame).length;
  if (rows <= 1 || JSON.stringify(dataOf(snapshot)).length <= MAX_LENGTH / 2) return snapshot;
  return fit({ ...snapshot, frame: keep(snapshot, Math.floor(rows / 2)) });
}

/** The newest points of a line, the first rows of anything else. */
function keep({ view, frame }: ViewSnapshot, rows: number): ViewFrame {
  const data = Object.fromEntries(
    Object.entries(frame.data).map(([name, cells]) => [
      name,
      view.kind === 'line' ? cells.slice(-rows) : cells.slice(0, rows)
    ])
  );
  return { ...frame, data };
}
