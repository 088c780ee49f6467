/** One line of a table of docs/aws/cost.md. */
export interface PageLine {
  readonly what: string;
  readonly idle: { readonly calculation: string; readonly figure: string };
  readonly most: { readonly calculation: string; readonly figure: string };
}

export interface PageTable {
  /** `A`, from the heading above the table. */
  readonly letter: string;
  readonly lines: readonly PageLine[];
  readonly hourly: PageLine;
  readonly untilEnd: PageLine;
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());
}

function lineOf(row: string): PageLine {
  const [what = '', idleHow = '', idle = '', mostHow = '', most = ''] = cellsOf(row);
  return {
    what,
    idle: { calculation: idleHow, figure: idle },
    most: { calculation: mostHow, figure: most }
  };
}

/** The tables of the reference environments, each under a heading such as `## A. The default`. */
export function tablesOf(page: string): PageTable[] {
  return page
    .split(/^## (?=[A-Z]\. )/m)
    .slice(1)
    .map(section => {
      const rows = section.split('\n').filter(row => row.startsWith('| '));
      const lines = rows.slice(2).map(lineOf);
      const [hourly, untilEnd] = lines.slice(-2);
      if (hourly === undefined || untilEnd === undefined) throw new Error(`No sums: ${section}`);
      return { letter: section.charAt(0), lines: lines.slice(0, -2), hourly, untilEnd };
    });
}

/** The value of a calculation of numbers, `×`, `÷` and `+`. */
export function calculate(text: string): number {
  return text
    .split('+')
    .map(term =>
      term.split(/(?=[×÷])/).reduce((value, part, at) => {
        const number = Number(part.replace(/[×÷]/, '').trim());
        if (!Number.isFinite(number)) throw new Error(`Not a calculation: ${text}`);
        if (at === 0) return number;
        return part.startsWith('÷') ? value / number : value * number;
      }, 0)
    )
    .reduce((sum, term) => sum + term, 0);
}
