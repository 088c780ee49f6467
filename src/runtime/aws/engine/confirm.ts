import { HeadraceError } from '../../../shared/errors.ts';

/**
 * Checks that a person typed the name of the environment, so that nothing is made, paid for or deleted by accident.
 * Throws HR_USAGE otherwise; `typed` is null where nothing was typed.
 */
export function requireTypedName(
  environment: string,
  typed: string | null,
  flag: '--apply' | '--destroy'
): void {
  if (typed === environment) return;
  throw new HeadraceError(
    'HR_USAGE',
    typed === null
      ? `${flag} wants the name of the environment`
      : `${typed} is not the name of the environment`,
    { next: `Write %provision aws ${flag} ${environment} to confirm; nothing was changed.` }
  );
}
