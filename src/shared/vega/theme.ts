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
  /** CSS font family. */
  readonly font: string;
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif';

/** For a white page, and for pictures that are saved in a notebook. */
export const LIGHT_THEME: VegaTheme = {
  background: '#ffffff',
  text: '#212121',
  mutedText: '#616161',
  line: '#e0e0e0',
  mark: '#1976d2',
  series: ['#0072b2', '#c85200', '#00805d', '#a9437d', '#595959', '#7a5c00'],
  font: FONT
};

/** For the dark theme of JupyterLab. */
export const DARK_THEME: VegaTheme = {
  background: '#111111',
  text: '#e0e0e0',
  mutedText: '#b0b0b0',
  line: '#3a3a3a',
  mark: '#64b5f6',
  series: ['#64b5f6', '#ff9d5c', '#4cc9a0', '#e39ac4', '#c0c0c0', '#f0e442'],
  font: FONT
};

/** The `config` of a Vega-Lite specification; https://vega.github.io/vega-lite/docs/config.html */
export function vegaConfig(theme: VegaTheme): Record<string, unknown> {
  return {
    background: theme.background,
    font: theme.font,
    view: { stroke: null },
    bar: { color: theme.mark, cornerRadiusEnd: 2 },
    line: { color: theme.mark, strokeWidth: 2, strokeCap: 'round', strokeJoin: 'round' },
    text: { color: theme.text, fontSize: 12 },
    axis: {
      labelColor: theme.mutedText,
      titleColor: theme.mutedText,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: 'normal',
      gridColor: theme.line,
      domainColor: theme.line,
      tickColor: theme.line
    }
  };
}
