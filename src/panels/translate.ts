/** Translation of the texts of a panel; JupyterLab's `TranslationBundle` fits. `%1` is replaced. */
export interface Translate {
  __(text: string, ...values: unknown[]): string;
  _n(one: string, many: string, count: number, ...values: unknown[]): string;
}
