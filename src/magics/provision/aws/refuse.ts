import { HeadraceError } from '../../../shared/errors.ts';

/** HR_USAGE for what is missing or does not fit among the flags of `%provision aws`. */
export function refuse(what: string, next = 'See %provision aws --help.'): HeadraceError {
  return new HeadraceError('HR_USAGE', `%provision aws ${what}`, { next });
}
