/** Colours and font of a picture. Marks stand out at least 3:1 from the background, text 4.5:1. */
export interface VegaTheme {
  /** A CSS colour, or `transparent` where the page shows through. */
  readonly background: string;
  readonly text: string;
  readonly mutedText: string;
  /** Grid and separator lines, decoration only. */
  readonly line: string;
  /** Bars, and the line of a single series. */
  readonly mark: string;
  /** Lines of several series, told apart by dash pattern as well. */
  readonly series: readonly string[];
  /** Cells of a heat map from low to high, and the text on each, which stands out 4.5:1 from it. */
  readonly cells: readonly { readonly fill: string; readonly ink: string }[];
  /** CSS font family. */
  readonly font: string;
}

/** Series differ by pattern too, so that colour is never the only sign; lengths in pixels. */
export const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [8, 4],
  [2, 4],
  [8, 4, 2, 4],
  [12, 4],
  [4, 4],
  [12, 4, 2, 4, 2, 4],
  [1, 3]
];

const DARK_INK = '#111111';
const LIGHT_INK = '#ffffff';
const FONT = 'system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif';

/** For a white page, and for pictures that are saved in a notebook. */
export const LIGHT_THEME: VegaTheme = {
  background: '#ffffff',
  text: '#212121',
  mutedText: '#616161',
  line: '#e0e0e0',
  mark: '#1976d2',
  series: ['#0072b2', '#c85200', '#00805d', '#a9437d', '#595959', '#7a5c00', '#6a3fc4', '#b3261e'],
  cells: [
    { fill: '#e3f2fd', ink: DARK_INK },
    { fill: '#bbdefb', ink: DARK_INK },
    { fill: '#90caf9', ink: DARK_INK },
    { fill: '#5aaef2', ink: DARK_INK },
    { fill: '#1976d2', ink: LIGHT_INK },
    { fill: '#115293', ink: LIGHT_INK },
    { fill: '#0a3566', ink: LIGHT_INK }
  ],
  font: FONT
};

/** For the dark theme of JupyterLab. */
export const DARK_THEME: VegaTheme = {
  background: '#111111',
  text: '#e0e0e0',
  mutedText: '#b0b0b0',
  line: '#3a3a3a',
  mark: '#64b5f6',
  series: ['#64b5f6', '#ff9d5c', '#4cc9a0', '#e39ac4', '#c0c0c0', '#f0e442', '#b9a2ff', '#ff8a80'],
  cells: [
    { fill: '#14283c', ink: LIGHT_INK },
    { fill: '#173b5c', ink: LIGHT_INK },
    { fill: '#1b5080', ink: LIGHT_INK },
    { fill: '#1f69a9', ink: LIGHT_INK },
    { fill: '#4fa3e8', ink: DARK_INK },
    { fill: '#8cc8fa', ink: DARK_INK },
    { fill: '#d3eafd', ink: DARK_INK }
  ],
  font: FONT
};

/** The `config` of a Vega-Lite specification; https://vega.github.io/vega-lite/docs/config.html */
export function vegaConfig(theme: VegaTheme): Record<string, unknown> {
  const titles = { titleColor: theme.mutedText, titleFontSize: 11, titleFontWeight: 'normal' };
  const labels = { labelColor: theme.mutedText, labelFontSize: 11 };
  const lines = { gridColor: theme.line, domainColor: theme.line, tickColor: theme.line };
  const fills = theme.cells.map(({ fill }) => fill);
  return {
    background: theme.background,
    font: theme.font,
    view: { stroke: null },
    mark: { color: theme.mark },
    bar: { color: theme.mark, cornerRadiusEnd: 2 },
    line: { color: theme.mark, strokeWidth: 2, strokeCap: 'butt', strokeJoin: 'bevel' },
    rule: { color: theme.mutedText },
    text: { color: theme.text, fontSize: 12 },
    axis: { ...labels, ...titles, ...lines },
    legend: { ...labels, ...titles },
    header: { ...labels, ...titles },
    title: { color: theme.text, subtitleColor: theme.mutedText, fontSize: 13 },
    range: { category: theme.series, heatmap: fills, ramp: fills, ordinal: fills }
  };
}
