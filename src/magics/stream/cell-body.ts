import { HeadraceError } from '../../shared/errors.ts';
import type { SpecText } from './vega-lite-text.ts';

/** The body of a cell begins below its magic. */
const BODY_LINE = 2;
const SPEC_START = /^[ \t]*\{/m;

/** What stands in the body of a cell. */
export interface CellBody {
  /** All before the specification. */
  readonly text: string;
  readonly spec: SpecText | null;
}

/** Splits a body before the first line that begins with a brace: there a specification starts. */
export function splitBody(body: string): CellBody {
  const at = body.search(SPEC_START);
  if (at < 0) return { text: body, spec: null };
  const line = BODY_LINE + body.slice(0, at).split('\n').length - 1;
  return { text: body.slice(0, at), spec: { text: body.slice(at), where: 'the cell', line } };
}

/**
 * The specification that is the whole body of a cell; null for the line form, which has no body.
 *
 * @throws HR_USAGE where the body is empty
 */
export function wholeSpec(body: string | null, magic: string): SpecText | null {
  if (body === null) return null;
  if (body.trim() === '')
    throw new HeadraceError('HR_USAGE', `%%${magic} has no specification`, {
      next: `Write one in Vega-Lite below it, or write %${magic} for a view without one.`
    });
  return { text: body, where: 'the cell', line: BODY_LINE };
}
