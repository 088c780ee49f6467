import { z } from 'zod';
import type { CellLanguage } from '../../magics/contract.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { toCodePointOffset, toUtf16Offset } from '../text-offsets.ts';
import { defineHandler, type MessageHandler } from './handler.ts';

/** `cursor_pos` counts code points; a client that leaves it out means the end. */
const atCursor = z.object({ code: z.string(), cursor_pos: z.number().optional() });

function cursorOf(content: z.output<typeof atCursor>): number {
  const { code, cursor_pos: cursor } = content;
  return cursor === undefined ? code.length : toUtf16Offset(code, cursor);
}

/** Longest wait for Spark's own suggestions, milliseconds: later ones would come while the person types on. */
const COMPLETION_LIMIT_MS = 1_000;

/** Completion of magics, flags and values, and of code through the Spark session where it is free. */
export function completeHandler(language: CellLanguage, runtime: NotebookRuntime): MessageHandler {
  return defineHandler({
    type: 'complete_request',
    content: atCursor,
    async run({ content }) {
      const signal = AbortSignal.timeout(COMPLETION_LIMIT_MS);
      const found = await language.complete(content.code, cursorOf(content), runtime, signal);
      return {
        status: 'ok',
        matches: found.matches,
        cursor_start: toCodePointOffset(content.code, found.start),
        cursor_end: toCodePointOffset(content.code, found.end),
        metadata: {}
      };
    }
  });
}

/** Help about what stands at the cursor. */
export function inspectHandler(language: CellLanguage): MessageHandler {
  return defineHandler({
    type: 'inspect_request',
    content: atCursor,
    run({ content }) {
      const help = language.inspect(content.code, cursorOf(content));
      const data = help === null ? {} : { 'text/markdown': help, 'text/plain': help };
      return { status: 'ok', found: help !== null, data, metadata: {} };
    }
  });
}

/** Whether Enter runs the code in a console. */
export function isCompleteHandler(language: CellLanguage): MessageHandler {
  return defineHandler({
    type: 'is_complete_request',
    content: z.object({ code: z.string() }),
    run({ content }) {
      const { status, indent } = language.isComplete(content.code);
      return status === 'incomplete' ? { status, indent } : { status };
    }
  });
}
