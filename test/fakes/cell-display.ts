import type { Display, DisplayHandle, MimeBundle } from '../../src/magics/contract.ts';

/** What a cell wrote, apart by kind of output. */
export class CellDisplay implements Display {
  out = '';
  err = '';
  /** One entry an output: all states that it had. */
  readonly shown: MimeBundle[][] = [];
  readonly results: MimeBundle[] = [];

  stdout(text: string): void {
    this.out += text;
  }

  stderr(text: string): void {
    this.err += text;
  }

  show(data: MimeBundle): DisplayHandle {
    const states = [data];
    this.shown.push(states);
    return { update: next => void states.push(next) };
  }

  result(data: MimeBundle): void {
    this.results.push(data);
  }

  page(text: string): void {
    this.out += text;
  }

  /** What a person sees at the end: the last plain text of each output, then what was printed. */
  get text(): string {
    const last = [...this.shown.map(states => states.at(-1)), ...this.results];
    return [...last.map(plainText), this.out].join('\n');
  }
}

function plainText(data: MimeBundle | undefined): string {
  const text = data?.['text/plain'];
  return typeof text === 'string' ? text : '';
}
