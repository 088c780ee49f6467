import type { Badge, Route, Tone } from './scene.ts';

/** A colour of JupyterLab's theme; elsewhere, as in nbconvert's pages without one, the one that is given. */
const theme = (name: string, elsewhere: string): string => `var(--jp-${name}, ${elsewhere})`;

export const FONT = theme('content-font-family', 'system-ui, sans-serif');
/** What the map is drawn on: its own, so that it can be read on a page of any colour. */
export const PAPER = theme('layout-color0', '#ffffff');
export const INK = theme('content-font-color1', '#212121');
export const SOFT = theme('content-font-color2', '#616161');

const BLUE = theme('brand-color1', '#1976d2');
const ORANGE = theme('warn-color1', '#f57c00');
const GREEN = theme('success-color1', '#388e3c');
const RED = theme('error-color1', '#d32f2f');
const GREY = theme('layout-color4', '#757575');
const FAINT = theme('border-color1', '#bdbdbd');

export interface Colours {
  readonly line: string;
  readonly fill: string;
  /** How much of the fill is seen, 0 to 1. */
  readonly share: number;
  readonly weight: number;
  readonly radius: number;
}

export const COLOURS: Readonly<Record<Tone, Colours>> = {
  outside: { line: GREY, fill: PAPER, share: 1, weight: 1.5, radius: 6 },
  region: { line: FAINT, fill: GREY, share: 0.05, weight: 1, radius: 8 },
  network: { line: GREY, fill: PAPER, share: 1, weight: 1.5, radius: 6 },
  subnet: { line: FAINT, fill: GREY, share: 0.06, weight: 1, radius: 4 },
  gateway: { line: GREY, fill: PAPER, share: 1, weight: 1.5, radius: 4 },
  kafka: { line: BLUE, fill: BLUE, share: 0.12, weight: 1.5, radius: 5 },
  spark: { line: ORANGE, fill: ORANGE, share: 0.12, weight: 1.5, radius: 5 },
  storage: { line: GREEN, fill: GREEN, share: 0.12, weight: 1.5, radius: 6 }
};

export const MARK_COLOURS: Readonly<Record<Badge['mark'], string>> = {
  new: GREEN,
  changed: BLUE,
  replaced: RED,
  perhaps: RED
};

export const WAY_DASHES: Readonly<Record<Route['way'], string>> = {
  rule: '',
  api: '; stroke-dasharray: 6 4',
  closed: '; stroke-dasharray: 2 4'
};
