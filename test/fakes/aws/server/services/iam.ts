import { isRecord } from '../wire/checked.ts';
import type { WireRequest, WireResponse } from '../wire/bindings.ts';
import { ApiError, failure } from '../wire/failure.ts';
import { element } from '../wire/xml.ts';
import { thingsOf, type World } from '../world/world.ts';

/** A request to IAM in its parts. */
export function readIam({ body }: WireRequest): {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
} {
  const { Action: action = '', ...input } = Object.fromEntries(
    new URLSearchParams(body.toString('utf8'))
  );
  return { action, input };
}

/** GetRole, the one action that is asked. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export function iamReply(
  world: World,
  action: string,
  input: Readonly<Record<string, unknown>>
): WireResponse {
  const name = String(input['RoleName']);
  const role = thingsOf(world, 'AWS::IAM::Role').find(({ id }) => id === name);
  if (action !== 'GetRole')
    return failure('query', new ApiError('InvalidAction', `not known here: ${action}`));
  if (role === undefined)
    return failure(
      'query',
      new ApiError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404)
    );
  const trust = role.properties['AssumeRolePolicyDocument'];
  const text = encodeURIComponent(JSON.stringify(isRecord(trust) ? trust : {}));
  const body =
    element('Arn', role.arn ?? '') +
    element('RoleName', name) +
    element('AssumeRolePolicyDocument', text);
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: element('GetRoleResponse', element('GetRoleResult', element('Role', body)))
  };
}
