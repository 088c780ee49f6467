import type { Change } from '@aws-sdk/client-cloudformation';
import { HeadraceError } from '../../../shared/errors.ts';
import type { CloudFormationCall } from './cloudformation-call.ts';
import { until, type Pace } from './patience.ts';
import type { ChangeSetRequest, ChangeSetView } from './port.ts';
import { changeSetView, isUnchanged } from './stack-views.ts';
import { linksOf } from './failure.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LONGEST_TEMPLATE = 51_200;
const RHYTHM = { everyMs: 2_000, limitMs: 10 * 60_000 };

/** The name of a change set follows from its token, so that a repeated request finds the first one. */
export function changeSetName(token: string): string {
  return `headrace-${token}`;
}

function templateBody(request: ChangeSetRequest): string {
  const body = JSON.stringify(request.template);
  if (Buffer.byteLength(body) <= LONGEST_TEMPLATE) return body;
  throw new HeadraceError('HR_ENVIRONMENT', `The template of ${request.stack} is too long`, {
    why: `${Buffer.byteLength(body)} bytes of ${LONGEST_TEMPLATE}`
  });
}

/** Whether an earlier attempt of the same request came through. */
function isRepeated(error: unknown): boolean {
  const cause = error instanceof HeadraceError ? error.cause : error;
  return linksOf(cause).some(
    link =>
      /^AlreadyExistsException$|^TokenAlreadyExists/.test(link.name) ||
      /ChangeSet \S+ already exists/i.test(link.message)
  );
}

async function create(
  call: CloudFormationCall,
  request: ChangeSetRequest,
  abortSignal: AbortSignal
): Promise<void> {
  const TemplateBody = templateBody(request);
  try {
    await call('CreateChangeSet', client =>
      client.createChangeSet(
        {
          StackName: request.stack,
          ChangeSetName: changeSetName(request.token),
          ChangeSetType: request.kind,
          ClientToken: request.token,
          TemplateBody,
          // Roles and instance profiles have names: EMR wants the same one for both.
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          Parameters: Object.entries(request.parameters).map(([ParameterKey, ParameterValue]) => ({
            ParameterKey,
            ParameterValue
          })),
          Tags: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value }))
        },
        { abortSignal }
      )
    );
  } catch (error) {
    if (!isRepeated(error)) throw error;
  }
}

async function describe(
  call: CloudFormationCall,
  request: ChangeSetRequest,
  abortSignal: AbortSignal
): Promise<ChangeSetView> {
  const changes: Change[] = [];
  const name = { StackName: request.stack, ChangeSetName: changeSetName(request.token) };
  for (let NextToken: string | undefined; ;) {
    const input = NextToken === undefined ? name : { ...name, NextToken };
    const page = await call('DescribeChangeSet', client =>
      client.describeChangeSet(input, { abortSignal })
    );
    changes.push(...(page.Changes ?? []));
    NextToken = page.NextToken;
    if (NextToken === undefined) return changeSetView(page, changes);
  }
}

/** Makes a change set, or finds the one that the same request made before, and waits until it is ready. */
export async function createChangeSet(
  call: CloudFormationCall,
  pace: Pace,
  request: ChangeSetRequest,
  signal: AbortSignal
): Promise<ChangeSetView> {
  await create(call, request, signal);
  const ready = await until(pace, RHYTHM, signal, async () => {
    const view = await describe(call, request, signal);
    return view.status === 'CREATE_COMPLETE' || view.status === 'FAILED' ? view : null;
  });
  if (ready === null)
    throw new HeadraceError(
      'HR_TIMEOUT',
      `CloudFormation does not finish the plan of ${request.stack}`,
      {
        next: 'Run the cell again.'
      }
    );
  return isUnchanged(ready) ? { ...ready, changes: [] } : ready;
}
