import type { Stack } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import { HeadraceError } from '../../../shared/errors.ts';
import type { Template } from '../template/types.ts';
import { createChangeSet } from './change-sets.ts';
import type { AwsClients } from './clients.ts';
import type { CloudFormationCall } from './cloudformation-call.ts';
import { asking, isNotFound } from './errors.ts';
import type { Pace } from './patience.ts';
import type { StackPort } from './port.ts';
import { eventView, resourceView, stackView } from './stack-views.ts';

/** Enough to know a template of Headrace again; the rest is compared as it is. */
const templateSchema = z.looseObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09'),
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() }))
});

/** The result of `work`, or null where what it is about does not exist. */
async function orNull<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function parsed(stack: string, body: string | undefined): Template {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return templateSchema.parse(value) as unknown as Template;
  } catch (cause) {
    throw new HeadraceError('HR_ENVIRONMENT', `The template of ${stack} is not one of Headrace`, {
      next: 'Choose another --name; Headrace leaves that stack as it is.',
      cause
    });
  }
}

/** All stacks of the region, page by page: only this operation gives the tags as well. */
async function allStacks(call: CloudFormationCall, abortSignal: AbortSignal): Promise<Stack[]> {
  const found: Stack[] = [];
  let NextToken: string | undefined;
  do {
    const page = await call('DescribeStacks', client =>
      client.describeStacks(NextToken === undefined ? {} : { NextToken }, { abortSignal })
    );
    found.push(...(page.Stacks ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** What can be asked about stacks. */
function reading(
  call: CloudFormationCall
): Pick<StackPort, 'describe' | 'list' | 'template' | 'resources' | 'events'> {
  return {
    async describe(StackName, abortSignal) {
      const found = await orNull(() =>
        call('DescribeStacks', client => client.describeStacks({ StackName }, { abortSignal }))
      );
      const stack = found?.Stacks?.[0];
      return stack === undefined ? null : stackView(stack);
    },
    async list(prefix, signal) {
      const stacks = await allStacks(call, signal);
      return stacks.map(stackView).filter(stack => stack.name.startsWith(prefix));
    },
    async template(StackName, abortSignal) {
      const found = await orNull(() =>
        call('GetTemplate', client =>
          client.getTemplate({ StackName, TemplateStage: 'Original' }, { abortSignal })
        )
      );
      return found === null ? null : parsed(StackName, found.TemplateBody);
    },
    async resources(StackName, abortSignal) {
      const found = await orNull(() =>
        call('DescribeStackResources', client =>
          client.describeStackResources({ StackName }, { abortSignal })
        )
      );
      return (found?.StackResources ?? []).map(resourceView);
    },
    async events(StackName, abortSignal) {
      const found = await orNull(() =>
        call('DescribeStackEvents', client =>
          client.describeStackEvents({ StackName }, { abortSignal })
        )
      );
      return (found?.StackEvents ?? []).map(eventView);
    }
  };
}

/** What changes stacks; tokens make each safe to repeat. */
function changing(
  call: CloudFormationCall,
  pace: Pace
): Pick<StackPort, 'createChangeSet' | 'deleteChangeSet' | 'execute' | 'guard' | 'delete'> {
  return {
    createChangeSet: (request, signal) => createChangeSet(call, pace, request, signal),
    async deleteChangeSet(ChangeSetName, abortSignal) {
      await orNull(() =>
        call('DeleteChangeSet', client =>
          client.deleteChangeSet({ ChangeSetName }, { abortSignal })
        )
      );
    },
    async execute(ChangeSetName, ClientRequestToken, abortSignal) {
      await call('ExecuteChangeSet', client =>
        client.executeChangeSet({ ChangeSetName, ClientRequestToken }, { abortSignal })
      );
    },
    async guard(StackName, policy, abortSignal) {
      if (policy !== null)
        await call('SetStackPolicy', client =>
          client.setStackPolicy({ StackName, StackPolicyBody: policy }, { abortSignal })
        );
      await call('UpdateTerminationProtection', client =>
        client.updateTerminationProtection(
          { StackName, EnableTerminationProtection: policy !== null },
          { abortSignal }
        )
      );
    },
    async delete(StackName, { token, retain }, abortSignal) {
      await orNull(() =>
        call('DeleteStack', client =>
          client.deleteStack(
            {
              StackName,
              ClientRequestToken: token,
              ...(retain.length === 0 ? {} : { RetainResources: [...retain] })
            },
            { abortSignal }
          )
        )
      );
    }
  };
}

/** Stacks of CloudFormation. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/ */
export function cloudFormationStacks(clients: AwsClients, pace: Pace): StackPort {
  const call: CloudFormationCall = (operation, work) =>
    asking(
      {
        action: `cloudformation:${operation}`,
        region: clients.region,
        profile: clients.profile
      },
      async () => work(await clients.cloudFormation())
    );
  return { ...reading(call), ...changing(call, pace) };
}
