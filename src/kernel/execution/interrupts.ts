import { interrupted } from '../../shared/errors.ts';

/** The abort signal of the cell that runs, if one does. */
export class Interrupts {
  #controller: AbortController | null = null;

  /** The signal of a cell that begins. */
  begin(): AbortSignal {
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  /** The cell has ended; an interrupt from now on finds nothing to stop. */
  end(): void {
    this.#controller = null;
  }

  /** Aborts the running cell; does nothing between cells. */
  interrupt(): void {
    this.#controller?.abort(interrupted('the cell was stopped'));
  }
}
