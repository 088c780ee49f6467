import { kindOf } from '../kinds/kinds.ts';
import { textIn } from '../wire/checked.ts';
import { ApiError } from '../wire/failure.ts';
import { invalid, referencesIn, type TemplateDocument } from './template.ts';

const PSEUDO = /^AWS::/;

/** What CloudFormation refuses before anything is made. */
export function validateTemplate(template: TemplateDocument): void {
  const known = new Set([...Object.keys(template.parameters), ...Object.keys(template.resources)]);
  const inResources = Object.values(template.resources).flatMap(({ properties, dependsOn }) => [
    ...referencesIn(properties),
    ...dependsOn.map(to => ({ to, attribute: null }))
  ]);
  unresolved(inResources, known, 'Resources');
  const inOutputs = Object.values(template.outputs).flatMap(referencesIn);
  unresolved(inOutputs, known, 'Outputs');
  for (const { to, attribute } of [...inResources, ...inOutputs]) {
    checkAttribute(template, to, attribute);
  }
}

function unresolved(
  references: readonly { readonly to: string }[],
  known: ReadonlySet<string>,
  section: string
): void {
  const missing = references.map(({ to }) => to).filter(to => !known.has(to) && !PSEUDO.test(to));
  if (missing.length === 0) return;
  throw invalid(
    `Template format error: Unresolved resource dependencies [${[...new Set(missing)].join(', ')}] in the ${section} block of the template`
  );
}

function checkAttribute(template: TemplateDocument, to: string, attribute: string | null): void {
  const type = template.resources[to]?.type;
  if (attribute === null || type === undefined) return;
  if (kindOf(type)?.attributes[attribute] !== undefined) return;
  throw invalid(
    `Template error: resource ${to} does not support attribute type ${attribute} in Fn::GetAtt`
  );
}

/** Values of all parameters, with the defaults; `previous` are those of the stack. */
export function parameterValues(
  template: TemplateDocument,
  given: Readonly<Record<string, string>>
): Readonly<Record<string, string>> {
  const foreign = Object.keys(given).filter(name => !(name in template.parameters));
  if (foreign.length > 0) {
    throw invalid(`Parameters: [${foreign.join(', ')}] do not exist in the template`);
  }
  const values = Object.entries(template.parameters).map(
    ([name, { Default: fallback }]) =>
      [name, given[name] ?? (fallback === undefined ? null : textIn(fallback))] as const
  );
  const missing = values.filter(([, value]) => value === null).map(([name]) => name);
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  return Object.fromEntries(values.map(([name, value]) => [name, value ?? '']));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html, Capabilities */
export function checkCapabilities(template: TemplateDocument, given: readonly string[]): void {
  const roles = Object.values(template.resources).filter(({ type }) =>
    type.startsWith('AWS::IAM::')
  );
  if (roles.length === 0) return;
  const named = roles.some(({ properties }) => NAMES.some(name => name in properties));
  const enough = named ? ['CAPABILITY_NAMED_IAM'] : ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'];
  if (enough.some(capability => given.includes(capability))) return;
  throw new ApiError(
    'InsufficientCapabilitiesException',
    `Requires capabilities : [${enough[0] ?? ''}]`
  );
}

const NAMES = ['RoleName', 'ManagedPolicyName', 'InstanceProfileName', 'UserName', 'GroupName'];
