import { DARK_THEME, LIGHT_THEME, type VegaTheme } from '../shared/vega/theme.ts';

/**
 * The theme that fits the page; JupyterLab and Notebook mark the body with the kind of theirs. The
 * page shows through, so that a picture lies on whatever the cell has behind it. Marks keep their
 * tested colours, because a theme of the user may have any accent.
 */
export function pageTheme(): VegaTheme {
  const theme = document.body.dataset['jpThemeLight'] === 'false' ? DARK_THEME : LIGHT_THEME;
  const font = getComputedStyle(document.body).getPropertyValue('--jp-ui-font-family').trim();
  return { ...theme, background: 'transparent', font: font === '' ? theme.font : font };
}
