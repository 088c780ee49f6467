import type { Display, DisplayHandle, MimeBundle } from '../../src/magics/contract.ts';

/** Keeps what a cell shows: each output with the states it went through. */
export class RecordingDisplay implements Display {
  readonly outputs: MimeBundle[][] = [];
  readonly text: string[] = [];
  readonly pages: string[] = [];

  stdout(text: string): void {
    this.text.push(text);
  }

  stderr(text: string): void {
    this.text.push(text);
  }

  show(data: MimeBundle): DisplayHandle {
    const states = [data];
    this.outputs.push(states);
    return { update: next => states.push(next) };
  }

  result(data: MimeBundle): void {
    this.outputs.push([data]);
  }

  page(text: string): void {
    this.pages.push(text);
  }
}
