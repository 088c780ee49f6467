import type { z } from 'zod';
import type { StatementKind } from '../runtime/livy/port.ts';
import type { StreamHandle } from '../runtime/streams/port.ts';
import type { ViewSpec } from '../shared/view.ts';
import type { Clock } from '../runtime/clock.ts';
import type { NotebookRuntime } from '../runtime/notebook/port.ts';

/** A MIME bundle: values by MIME type; https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** One output that may be replaced in place. */
export interface DisplayHandle {
  update(data: MimeBundle): void;
}

/** Where a cell writes. The kernel implements it on iopub; tests implement it in memory. */
export interface Display {
  stdout(text: string): void;
  stderr(text: string): void;
  show(data: MimeBundle): DisplayHandle;
  /** The value of the cell, shown as `Out[n]`. */
  result(data: MimeBundle): void;
  /** A page of help below the notebook, where the client has a pager. */
  page(text: string): void;
}

/** Live views of the kernel; the comm and the snapshots are its business. */
export interface Views {
  /**
   * Puts a live view under the cell and keeps it moving after the cell has ended. Without a page that
   * shows live frames, the cell gets plain updates once a second. The snapshot is written when the view ends.
   */
  open(view: ViewSpec, stream: StreamHandle, display: Display): LiveView;
}

export interface LiveView {
  readonly spec: ViewSpec;
  /** Result rows so far. */
  readonly rows: number;
  /** Writes the last snapshot into the output and ends the view. */
  finish(): Promise<void>;
}

export interface CellContext {
  readonly runtime: NotebookRuntime;
  readonly display: Display;
  readonly views: Views;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** False for a client that cannot answer (nbconvert, papermill): streams are bounded then. */
  readonly interactive: boolean;
  readonly cwd: string;
}

/** Arguments by flag name; a flag `--until-rows` is the key `untilRows`. */
export type MagicShape = z.ZodRawShape;

export type MagicKind = 'line' | 'cell';

export interface MagicDefinition<Shape extends MagicShape = MagicShape> {
  /** Without `%`. */
  readonly name: string;
  /** First word that chooses among the definitions of one name, as in `%topic create`. */
  readonly action?: string;
  readonly kinds: readonly MagicKind[];
  /** One sentence. */
  readonly summary: string;
  /** Keys of `args` that are written without a flag, in order; a last one ending in `...` takes the rest. */
  readonly positional?: readonly string[];
  /** The rest is passed on to a program, so that its flags stand after `--`. */
  readonly passesOn?: true;
  /** One-letter flags that people know from elsewhere, with the keys of `args` they mean: `{ f: 'force' }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Key of `args` that takes the rest of the line as it stands, quotes included, after the flags. */
  readonly raw?: string;
  /** What the body of the cell form holds; its absence with the kind `cell` is a fault. */
  readonly body?: string;
  /** Set where the body is code of this kind, so that it completes as such. */
  readonly bodyKind?: StatementKind;
  /** Each field carries its help as `.describe()`. */
  readonly args: z.ZodObject<Shape>;
  readonly examples: readonly string[];
  /** Values to offer for an argument, such as topic names. */
  readonly complete?: (argument: string, runtime: NotebookRuntime) => Promise<readonly string[]>;
  run(args: z.infer<z.ZodObject<Shape>>, body: string | null, context: CellContext): Promise<void>;
}

/** A magic is a value; this only fixes its type. The registry holds the result whatever its arguments are. */
export function defineMagic<Shape extends MagicShape>(
  magic: MagicDefinition<Shape>
): MagicDefinition {
  return magic;
}

export interface Completion {
  readonly matches: readonly string[];
  /** In UTF-16 units of the code. */
  readonly start: number;
  readonly end: number;
}

/** What the kernel asks of the language of the cells. */
export interface CellLanguage {
  execute(code: string, context: CellContext): Promise<void>;
  /** An aborted signal ends the wait for the Spark session, which then offers nothing. */
  complete(
    code: string,
    cursor: number,
    runtime: NotebookRuntime,
    signal: AbortSignal
  ): Promise<Completion>;
  /** Markdown about what stands at the cursor, or null. */
  inspect(code: string, cursor: number): string | null;
  isComplete(code: string): { status: 'complete' | 'incomplete' | 'invalid'; indent: string };
}
