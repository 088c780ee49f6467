import type { Resource, Value } from '../types.ts';

export interface StatementFields {
  /** Letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly Value[];
  readonly condition?: Value;
}

function statement(effect: 'Allow' | 'Deny', fields: StatementFields, who: Value | null): Value {
  const { sid, actions, resources, condition } = fields;
  return {
    Sid: sid,
    Effect: effect,
    ...(who === null ? {} : { Principal: who }),
    Action: actions,
    Resource: resources,
    ...(condition === undefined ? {} : { Condition: condition })
  };
}

/** A statement of the policy of a role. */
export function allow(fields: StatementFields): Value {
  return statement('Allow', fields, null);
}

/** A statement of the policy of a resource, for one principal. */
export function allowTo(principal: Value, fields: StatementFields): Value {
  return statement('Allow', fields, principal);
}

/** A statement of the policy of a resource that nobody is exempt from. */
export function deny(fields: StatementFields): Value {
  return statement('Deny', fields, '*');
}

export function document(statements: readonly Value[]): Value {
  return { Version: '2012-10-17', Statement: statements };
}

/** Who may take a role on. */
export function trust(
  service: string,
  condition?: Value,
  actions: readonly string[] = ['sts:AssumeRole']
): Value {
  return document([
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: actions,
      ...(condition === undefined ? {} : { Condition: condition })
    }
  ]);
}

export interface RoleFields {
  readonly description: string;
  readonly trust: Value;
  readonly statements: readonly Value[];
  /** ARNs of policies that AWS keeps. */
  readonly managed?: readonly string[];
  /** Only where something else has to know it before. */
  readonly name?: string;
  readonly tags: Value;
}

export function role(fields: RoleFields): Resource {
  const { description, statements, managed = [], name, tags } = fields;
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      ...(name === undefined ? {} : { RoleName: name }),
      Description: description,
      AssumeRolePolicyDocument: fields.trust,
      ...(managed.length === 0 ? {} : { ManagedPolicyArns: managed }),
      ...(statements.length === 0
        ? {}
        : { Policies: [{ PolicyName: 'headrace', PolicyDocument: document(statements) }] }),
      Tags: tags
    }
  };
}
