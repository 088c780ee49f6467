import { z } from 'zod';
import type { CellContext, CellLanguage, Display } from '../../magics/contract.ts';
import type { Clock } from '../../runtime/clock.ts';
import { errorContent } from '../error-content.ts';
import type { CellHistory } from '../execution/cell-history.ts';
import { CellOutput } from '../execution/cell-output.ts';
import type { ExecuteQueue } from '../execution/execute-queue.ts';
import type { Interrupts } from '../execution/interrupts.ts';
import type { Transport } from '../transport.ts';
import type { JsonObject } from '../wire.ts';
import { defineHandler, type MessageHandler, type Request } from './handler.ts';

const executeContent = z.object({
  code: z.string(),
  silent: z.boolean().default(false),
  store_history: z.boolean().default(true),
  user_expressions: z.record(z.string(), z.unknown()).nullish(),
  allow_stdin: z.boolean().default(false),
  stop_on_error: z.boolean().default(true)
});
type ExecuteRequest = Request<z.output<typeof executeContent>>;

export interface ExecuteOptions {
  readonly language: CellLanguage;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly queue: ExecuteQueue;
  readonly interrupts: Interrupts;
  readonly cells: CellHistory;
  /** The world of a cell; `interactive` is false for a client that cannot answer. */
  readonly context: (display: Display, signal: AbortSignal, interactive: boolean) => CellContext;
}

/** Runs a cell; https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute */
export function executeHandler(options: ExecuteOptions): MessageHandler {
  return defineHandler({
    type: 'execute_request',
    turn: 'queued',
    content: executeContent,
    run: request => execute(options, request)
  });
}

async function execute(options: ExecuteOptions, request: ExecuteRequest): Promise<JsonObject> {
  const { content } = request;
  const stored = content.store_history && !content.silent;
  const count = stored ? options.cells.advance() : options.cells.count;
  const output = beginOutput(options, request, count);
  const failure = await runCell(options, request, output);
  output.flush();
  if (stored) options.cells.record(count, content.code, output.resultText);
  const common = {
    execution_count: count,
    payload: output.payload,
    user_expressions: refuseExpressions(content.user_expressions ?? {})
  };
  if (failure === null) return { status: 'ok', ...common };
  output.error(failure);
  if (content.stop_on_error) options.queue.abortWaiting();
  return { status: 'error', ...common, ...failure };
}

function beginOutput(
  options: ExecuteOptions,
  { message, content }: ExecuteRequest,
  executionCount: number
): CellOutput {
  const { transport, clock } = options;
  const parent = message.header;
  if (!content.silent) {
    const input = { code: content.code, execution_count: executionCount };
    transport.publish('execute_input', input, parent);
  }
  return new CellOutput({ transport, clock, parent, executionCount, silent: content.silent });
}

/** Null when the cell succeeded, else its error. */
async function runCell(
  options: ExecuteOptions,
  { content }: ExecuteRequest,
  output: CellOutput
): Promise<JsonObject | null> {
  const signal = options.interrupts.begin();
  try {
    await options.language.execute(
      content.code,
      options.context(output, signal, content.allow_stdin)
    );
    return null;
  } catch (error) {
    return errorContent(error);
  } finally {
    options.interrupts.end();
  }
}

/** Each expression gets an answer of its own; this kernel evaluates none. */
function refuseExpressions(expressions: JsonObject): JsonObject {
  const refusal = {
    status: 'error',
    ename: 'HR_USAGE',
    evalue: 'User expressions are not supported.',
    traceback: []
  };
  return Object.fromEntries(Object.keys(expressions).map(name => [name, refusal]));
}
