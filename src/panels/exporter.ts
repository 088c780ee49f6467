import { vegaLiteSpec } from '../shared/vega/spec.ts';
import { LIGHT_THEME } from '../shared/vega/theme.ts';
import { frameRows, type ViewSpec } from '../shared/view.ts';
import { fileName, rowsAsCsv, rowsAsJson } from './export-rows.ts';
import { saveFile, svgToPng } from './save-file.ts';
import type { Export } from './toolbar.ts';
import type { ViewState } from './view-state.ts';

/** What is shown as SVG; null where nothing can be drawn. */
type DrawSvg = () => Promise<string | null>;

/** Saves what is shown as a file. Rejects where there is no picture. */
export async function exportView(
  what: Export,
  view: ViewSpec,
  state: ViewState,
  draw: DrawSvg
): Promise<void> {
  const save = (content: BlobPart, type: string, ending: string): void =>
    saveFile(fileName(view.title, state.at, ending), new Blob([content], { type }));
  switch (what) {
    case 'csv':
      save(rowsAsCsv(view, state.frame), 'text/csv', 'csv');
      break;
    case 'json':
      save(rowsAsJson(view, state.frame), 'application/json', 'json');
      break;
    case 'spec':
      save(specText(view, state), 'application/json', 'vl.json');
      break;
    case 'svg':
      save(await drawn(draw), 'image/svg+xml', 'svg');
      break;
    case 'png':
      save(await svgToPng(await drawn(draw), pageColor()), 'image/png', 'png');
      break;
  }
}

async function drawn(draw: DrawSvg): Promise<string> {
  const svg = await draw();
  if (svg === null) throw new Error('there is no picture yet');
  return svg;
}

function specText(view: ViewSpec, { frame }: ViewState): string {
  const spec = vegaLiteSpec(view, {
    theme: LIGHT_THEME,
    rows: frameRows(view, frame),
    labels: frame.labels,
    title: view.title
  });
  return `${JSON.stringify(spec, null, 2)}\n`;
}

/** What lies behind a picture on this page; pictures are drawn in the colours for it. */
function pageColor(): string {
  const color = getComputedStyle(document.body).getPropertyValue('--jp-layout-color1').trim();
  return color === '' ? '#ffffff' : color;
}
