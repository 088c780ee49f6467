import assert from 'node:assert/strict';
import { z } from 'zod';

/** The scope tells moto the service; it checks no signatures. */
const SCOPE =
  'AWS4-HMAC-SHA256 Credential=moto/20261128/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform(value => (typeof value === 'string' ? [value] : value));
const statementSchema = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.object({ Service: z.string() }).optional(),
  Action: oneOrMore,
  Resource: oneOrMore.optional()
});
const documentSchema = z.object({ Statement: z.array(statementSchema) });
export type Statement = z.infer<typeof statementSchema>;

/** A role as IAM has it. */
export interface RoleView {
  readonly trusts: readonly string[];
  /** ARNs of the policies of AWS. */
  readonly managed: readonly string[];
  readonly statements: readonly Statement[];
}

/**
 * One call of IAM's interface. Headrace itself makes roles through CloudFormation alone, so the SDK's client of IAM is
 * not among its packages. https://docs.aws.amazon.com/IAM/latest/APIReference/
 */
async function call(action: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const url = process.env['AWS_ENDPOINT_URL'];
  assert.ok(url !== undefined);
  const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...fields });
  const answer = await fetch(url, { method: 'POST', headers: { authorization: SCOPE }, body });
  const text = await answer.text();
  assert.equal(answer.status, 200, `${action}: ${text}`);
  return text;
}

function textsOf(xml: string, element: string): readonly string[] {
  const found = xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'));
  return [...found].map(([, text = '']) => text);
}

function documentOf(text: string | undefined) {
  const json: unknown = JSON.parse(decodeURIComponent(text ?? ''));
  return documentSchema.parse(json).Statement;
}

/** Gives a role a policy of AWS; fails where AWS has none of that name. */
export async function attachRolePolicy(role: string, policy: string): Promise<void> {
  await call('AttachRolePolicy', { RoleName: role, PolicyArn: policy });
}

export async function roleView(role: string): Promise<RoleView> {
  const [trust] = textsOf(await call('GetRole', { RoleName: role }), 'AssumeRolePolicyDocument');
  const attached = await call('ListAttachedRolePolicies', { RoleName: role });
  const names = textsOf(await call('ListRolePolicies', { RoleName: role }), 'member');
  const policies = await Promise.all(
    names.map(PolicyName => call('GetRolePolicy', { RoleName: role, PolicyName }))
  );
  return {
    trusts: documentOf(trust).map(one => one.Principal?.Service ?? ''),
    managed: [...textsOf(attached, 'PolicyArn')].sort(),
    statements: policies.flatMap(xml => documentOf(textsOf(xml, 'PolicyDocument')[0]))
  };
}

/** Names of the roles in an instance profile. */
export async function rolesOfProfile(profile: string): Promise<readonly string[]> {
  const xml = await call('GetInstanceProfile', { InstanceProfileName: profile });
  return textsOf(xml, 'RoleName');
}
