/** A definition that is not drawn, because it asks for what a chart may not do. */
export class ChartRefused extends Error {
  /** Clauses for a notice, the most important first; never empty. */
  readonly complaints: readonly string[];

  constructor(complaints: readonly string[]) {
    super(`the chart is not drawn: ${complaints.join('; ')}`);
    this.name = 'ChartRefused';
    this.complaints = complaints;
  }
}
