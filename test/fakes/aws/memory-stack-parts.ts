import type { StackEventView, StackResourceView } from '../../../src/runtime/aws/control/port.ts';
import type { Resource, Template, Value } from '../../../src/runtime/aws/template/types.ts';

/** One stack of the fake CloudFormation. */
export interface FakeStack {
  readonly id: string;
  readonly name: string;
  status: string;
  reason: string | null;
  template: Template | null;
  tags: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  guarded: boolean;
  readonly resources: Map<string, StackResourceView>;
  readonly events: StackEventView[];
}

/** The physical id that a resource gets. */
export function physicalOf(stack: FakeStack, logicalId: string, type: string): string {
  return type === 'AWS::EC2::SecurityGroup' ? `sg-${logicalId}` : `${stack.name}-${logicalId}`;
}

/** Outputs know `Ref`, `GetAtt` and text; anything else is shown as JSON. */
export function valueOf(stack: FakeStack, value: Value): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value);
  const [name, inner] = Object.entries(value)[0] ?? ['', ''];
  if (name === 'Ref' && typeof inner === 'string')
    return stack.resources.get(inner)?.physicalId ?? stack.parameters[inner] ?? inner;
  if (name === 'Fn::GetAtt' && Array.isArray(inner)) return inner.join('.');
  return JSON.stringify(value);
}

/** Resources after those that they name in `DependsOn`. */
export function inOrder(template: Template): (readonly [string, Resource])[] {
  const done = new Map<string, Resource>();
  const visit = (logicalId: string): void => {
    const resource = template.Resources[logicalId];
    if (resource === undefined || done.has(logicalId)) return;
    const before = resource.DependsOn ?? [];
    for (const one of typeof before === 'string' ? [before] : before) visit(one);
    done.set(logicalId, resource);
  };
  for (const logicalId of Object.keys(template.Resources)) visit(logicalId);
  return [...done];
}
