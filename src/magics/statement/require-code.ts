import { HeadraceError } from '../../shared/errors.ts';

/**
 * The body of a cell magic that is to be run.
 *
 * @throws HR_USAGE for an empty one
 */
export function requireCode(body: string | null, title: string): string {
  if (body !== null && body.trim() !== '') return body;
  throw new HeadraceError('HR_USAGE', `${title} has no code`, {
    next: `Write it on the lines below ${title}.`
  });
}
