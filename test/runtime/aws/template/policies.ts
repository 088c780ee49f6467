import type { Template } from '../../../../src/runtime/aws/template/types.ts';
import { fieldsOf, listOf, textOf, valuesOf } from './walk.ts';

/** A statement of any policy in a template. */
export interface StatementView {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  /** Empty for the trust policy of a role. */
  readonly resources: readonly string[];
  readonly conditionKeys: readonly string[];
}

/** All statements of all policies of a template. */
export function statementsOf(template: Template): readonly StatementView[] {
  return [...valuesOf(template)]
    .flatMap(value => listOf(fieldsOf(value)['Statement']))
    .map(fieldsOf)
    .map(statement => ({
      sid: textOf(statement['Sid']),
      effect: textOf(statement['Effect']),
      actions: listOf(statement['Action']).map(textOf),
      resources: listOf(statement['Resource']).map(textOf),
      conditionKeys: Object.values(fieldsOf(statement['Condition'])).flatMap(test =>
        Object.keys(fieldsOf(test))
      )
    }));
}

/** Whether a resource is everything, or everything of a type: `*`, `arn:aws:kms:eu-west-1:123456789012:key/*`. */
export function isWildcard(resource: string): boolean {
  const [, , , , , ...rest] = resource.split(':');
  const path = rest.join(':').replace(/^\//, '');
  return resource === '*' || /^(?:[\w-]+[:/])?\*+(?:[:/]\*+)*$/.test(path);
}
