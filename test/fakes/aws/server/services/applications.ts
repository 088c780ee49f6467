import type * as sdk from '@aws-sdk/client-emr-serverless';
import { RUN_ENDED } from '../world/jobs.ts';
import { arnOf, objectIn, textOf, thingsOf, type Thing, type World } from '../world/world.ts';
import { ApiError } from '../wire/failure.ts';
import { isTrue } from '../world/world.ts';
import { need, pageOf, type Action } from './service.ts';

export const APPLICATION = 'AWS::EMRServerless::Application';

export function applicationOf(world: World, id: string | undefined): Thing {
  const application = world.things.get(id ?? '');
  if (application?.type === APPLICATION) return application;
  throw new ApiError('ResourceNotFoundException', `Application ${String(id)} does not exist`, 404);
}

const release = (application: Thing): string => textOf(application, 'ReleaseLabel');

/** A template has capital names, the API has not. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      lowered(each)
    ])
  );
}

function applicationOut(application: Thing): sdk.Application {
  const { properties, createdAt } = application;
  const interactive = objectIn(properties, 'InteractiveConfiguration');
  return {
    applicationId: application.id,
    name: textOf(application, 'Name'),
    arn: application.arn ?? '',
    releaseLabel: release(application),
    type: textOf(application, 'Type'),
    state: application.state as sdk.ApplicationState,
    createdAt: new Date(createdAt),
    updatedAt: new Date(createdAt),
    tags: { ...application.tags },
    architecture: (textOf(application, 'Architecture') || 'X86_64') as sdk.Architecture,
    maximumCapacity: lowered(properties['MaximumCapacity']) as sdk.MaximumAllowedResources,
    networkConfiguration: lowered(properties['NetworkConfiguration']) as sdk.NetworkConfiguration,
    autoStopConfiguration: lowered(properties['AutoStopConfiguration']) as sdk.AutoStopConfig,
    interactiveConfiguration: {
      livyEndpointEnabled: isTrue(interactive['LivyEndpointEnabled']),
      studioEnabled: isTrue(interactive['StudioEnabled'])
    }
  };
}

export const createApplication: Action<
  sdk.CreateApplicationCommandInput,
  sdk.CreateApplicationCommandOutput
> = (input, { world }) => {
  const id = `00f${world.hex(13)}`;
  const arn = arnOf(world, 'emr-serverless', `/applications/${id}`);
  const application: Thing = {
    type: APPLICATION,
    id,
    arn,
    properties: {
      Name: input.name ?? '',
      ReleaseLabel: need(input.releaseLabel, 'releaseLabel'),
      Type: need(input.type, 'type'),
      InteractiveConfiguration: {
        LivyEndpointEnabled: input.interactiveConfiguration?.livyEndpointEnabled
      }
    },
    tags: input.tags ?? {},
    state: 'CREATING',
    createdAt: world.time.now()
  };
  world.things.set(id, application);
  world.time.after(2, () => void (application.state = 'CREATED'));
  return { applicationId: id, arn, name: input.name };
};

export const getApplication: Action<
  sdk.GetApplicationCommandInput,
  sdk.GetApplicationCommandOutput
> = ({ applicationId: id }, { world }) => ({
  application: applicationOut(applicationOf(world, id))
});

export const listApplications: Action<
  sdk.ListApplicationsCommandInput,
  sdk.ListApplicationsCommandOutput
> = (input, { world }) => {
  const states = input.states as readonly string[] | undefined;
  const all = thingsOf(world, APPLICATION).filter(({ state }) => states?.includes(state) ?? true);
  const { items, next } = pageOf(world, all, input.nextToken, input.maxResults ?? world.pageSize);
  return {
    nextToken: next,
    applications: items.map(application => {
      const { applicationId: id, ...rest } = applicationOut(application);
      const { name, arn, releaseLabel, type, state, createdAt, updatedAt, architecture } = rest;
      return { id, name, arn, releaseLabel, type, state, createdAt, updatedAt, architecture };
    })
  };
};

const conflict = (message: string): ApiError => new ApiError('ConflictException', message, 409);

/** Starting takes a while; what is started already stays so. */
export function start(world: World, application: Thing): void {
  if (['STARTING', 'STARTED'].includes(application.state)) return;
  if (!['CREATED', 'STOPPED'].includes(application.state)) {
    throw conflict(
      `Application ${application.id} cannot be started in the ${application.state} state`
    );
  }
  checkGroups(world, application);
  application.state = 'STARTING';
  world.time.after(2, () => void (application.state = 'STARTED'));
}

/** https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/vpc-access.html */
function checkGroups(world: World, { properties }: Thing): void {
  const groups = objectIn(properties, 'NetworkConfiguration')['SecurityGroupIds'];
  const ids = Array.isArray(groups) ? groups.map(String) : [];
  const open = [...world.rules.values()].some(
    ({ group, egress, cidr }) => !egress && cidr === '0.0.0.0/0' && ids.includes(group)
  );
  if (open) {
    throw new ApiError(
      'ValidationException',
      'Security groups of an application must not allow inbound traffic from 0.0.0.0/0'
    );
  }
}

export const startApplication: Action<
  sdk.StartApplicationCommandInput,
  sdk.StartApplicationCommandOutput
> = ({ applicationId: id }, { world }) => {
  start(world, applicationOf(world, id));
  return {};
};

export const stopApplication: Action<
  sdk.StopApplicationCommandInput,
  sdk.StopApplicationCommandOutput
> = ({ applicationId: id }, { world }) => {
  const application = applicationOf(world, id);
  if (['STOPPING', 'STOPPED', 'CREATED'].includes(application.state)) return {};
  const busy = [...world.jobRuns.values()].some(
    run => run.applicationId === id && !RUN_ENDED.includes(run.state)
  );
  if (busy) throw conflict(`Application ${application.id} has job runs that are not ended`);
  application.state = 'STOPPING';
  world.time.after(2, () => void (application.state = 'STOPPED'));
  return {};
};

function resting(world: World, id: string | undefined): Thing {
  const application = applicationOf(world, id);
  if (['CREATED', 'STOPPED'].includes(application.state)) return application;
  throw conflict(
    `Application ${application.id} must be in the CREATED or STOPPED state. Current state: ${application.state}`
  );
}

export const updateApplication: Action<
  sdk.UpdateApplicationCommandInput,
  sdk.UpdateApplicationCommandOutput
> = (input, { world }) => {
  const application = resting(world, input.applicationId);
  const { releaseLabel: label, interactiveConfiguration: interactive } = input;
  application.properties = {
    ...application.properties,
    ...(label === undefined ? {} : { ReleaseLabel: label }),
    ...(interactive === undefined
      ? {}
      : { InteractiveConfiguration: { LivyEndpointEnabled: interactive.livyEndpointEnabled } })
  };
  return { application: applicationOut(application) };
};

export const deleteApplication: Action<
  sdk.DeleteApplicationCommandInput,
  sdk.DeleteApplicationCommandOutput
> = ({ applicationId: id }, { world }) => {
  world.things.delete(resting(world, id).id);
  return {};
};
