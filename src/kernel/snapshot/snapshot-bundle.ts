import type { MimeBundle } from '../../magics/contract.ts';
import { VIEW_MIME } from '../../shared/names.ts';
import { MAX_SNAPSHOT_BYTES, fitSnapshot } from '../../shared/saved/fit-snapshot.ts';
import { savedChart } from '../../shared/saved/saved-chart.ts';
import { definitionComplaints } from '../../shared/vega/guard.ts';
import { stampLine } from '../../shared/vega/stamp.ts';
import { LIGHT_THEME } from '../../shared/vega/theme.ts';
import type { ViewSnapshot } from '../../shared/view.ts';
import { PICTURE_FONT } from './png.ts';
import { textBundle } from './text-bundle.ts';

/** What JupyterLab, Notebook and VS Code draw without the extension: no Vega-Lite above 5. */
const VEGA_LITE_MIME = 'application/vnd.vegalite.v5+json';

/** Of what a view may add to a notebook, the most for the rows, which are saved twice: for the extension and for Vega-Lite. */
const MAX_DATA_BYTES = MAX_SNAPSHOT_BYTES / 2;

/** Draws a specification as PNG; rejects where it cannot. */
export type DrawPng = (specification: Readonly<Record<string, unknown>>) => Promise<Buffer>;

/** The running view, for clients with the extension; the others show its text. */
export function liveBundle(snapshot: ViewSnapshot): MimeBundle {
  const { 'text/plain': text } = textBundle(snapshot.view, snapshot.frame);
  return { [VIEW_MIME]: fitSnapshot(snapshot, bytesOf, MAX_DATA_BYTES), 'text/plain': text };
}

/** The running view as text and HTML too, for clients that may not have the extension. */
export function plainBundle(snapshot: ViewSnapshot): MimeBundle {
  return {
    [VIEW_MIME]: fitSnapshot(snapshot, bytesOf, MAX_DATA_BYTES),
    ...textBundle(snapshot.view, snapshot.frame)
  };
}

/**
 * What a notebook keeps of a view. Above the limit rows go first, then the picture. HTML is left out of
 * charts, because stock JupyterLab would show it instead of the chart; of a definition that is not drawn
 * there is no chart, so its rows are a table.
 */
export async function finalBundle(snapshot: ViewSnapshot, draw: DrawPng): Promise<MimeBundle> {
  const drawable = definitionComplaints(snapshot.view.definition ?? {}).length === 0;
  const kept = fitSnapshot(snapshot, drawable ? chartBytes : bytesOf, MAX_DATA_BYTES);
  const { 'text/plain': plain, 'text/html': html } = textBundle(
    kept.view,
    kept.frame,
    stampLine(kept)
  );
  const data = { [VIEW_MIME]: kept };
  const asText = { ...data, 'text/html': html, 'text/plain': plain };
  if (!drawable) return asText;
  const specification = chartOf(kept);
  const picture = await draw(specification).catch((error: unknown) => {
    if (kept.view.definition === null) throw error;
    return null;
  });
  if (picture === null) return asText;
  const bundle = {
    ...data,
    [VEGA_LITE_MIME]: specification,
    ...(kept.view.kind === 'table' ? { 'text/html': html } : {}),
    'text/plain': plain
  };
  const png = picture.toString('base64');
  const fits = bytesOf(bundle) + png.length <= MAX_SNAPSHOT_BYTES;
  return fits ? { ...bundle, 'image/png': png } : bundle;
}

/** Without a browser the widths of texts are guessed, for the one font that is there. */
function chartOf(snapshot: ViewSnapshot): Record<string, unknown> {
  const font = `${PICTURE_FONT}, ${LIGHT_THEME.font}`;
  return savedChart(snapshot, { font, measuresText: false });
}

function chartBytes(snapshot: ViewSnapshot): number {
  return bytesOf(snapshot) + bytesOf(chartOf(snapshot));
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
