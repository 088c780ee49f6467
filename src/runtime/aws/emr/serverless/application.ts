import type { Application, ApplicationState } from '@aws-sdk/client-emr-serverless';
import { HeadraceError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../clock.ts';
import { poll } from '../../control/poll.ts';
import type { EmrServerlessSend } from './operations.ts';

/** An EMR Serverless application as it is now. */
export interface ApplicationView {
  readonly id: string;
  readonly name: string;
  readonly release: string;
  readonly state: ApplicationState;
  readonly reason: string | null;
  readonly livy: boolean;
}

export interface ApplicationWait {
  readonly clock: Clock;
  /** Each state as it is seen. */
  readonly onState?: (application: ApplicationView) => void;
  /** Milliseconds; defaults to 15 minutes, most of which pre-initialised workers can take. */
  readonly limitMs?: number;
}

const LOOK_MS = 3_000;
const LIMIT_MS = 15 * 60_000;

export async function describeApplication(
  send: EmrServerlessSend,
  application: string,
  signal?: AbortSignal
): Promise<ApplicationView> {
  const answer = await send('GetApplication', { applicationId: application }, signal);
  return viewOf(application, answer.application);
}

function viewOf(id: string, application: Application | undefined): ApplicationView {
  return {
    id,
    name: application?.name ?? id,
    release: application?.releaseLabel ?? '',
    state: application?.state ?? 'CREATING',
    reason: application?.stateDetails || null,
    livy: application?.interactiveConfiguration?.livyEndpointEnabled ?? false
  };
}

/**
 * Starts an application and waits until it takes sessions: its Livy endpoint does not start it by itself. One that is
 * started is left as it is. Rejects with HR_ENVIRONMENT when it cannot start, and with HR_TIMEOUT.
 * https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/applications.html
 */
export async function startApplication(
  send: EmrServerlessSend,
  application: string,
  wait: ApplicationWait,
  signal?: AbortSignal
): Promise<ApplicationView> {
  return await bring(send, application, 'STARTED', wait, signal);
}

/** Stops an application and waits for it; HR_AWS_REFUSED while a job or a session runs on it. */
export async function stopApplication(
  send: EmrServerlessSend,
  application: string,
  wait: ApplicationWait,
  signal?: AbortSignal
): Promise<ApplicationView> {
  return await bring(send, application, 'STOPPED', wait, signal);
}

/** In which states it rests, and can be asked to go on. */
const RESTING = {
  STARTED: ['CREATED', 'STOPPED'],
  STOPPED: ['STARTED']
} as const satisfies Record<string, readonly ApplicationState[]>;
const STOPPED_STATES: readonly ApplicationState[] = ['STOPPED', 'CREATED'];

async function bring(
  send: EmrServerlessSend,
  application: string,
  goal: 'STARTED' | 'STOPPED',
  { clock, onState, limitMs = LIMIT_MS }: ApplicationWait,
  signal?: AbortSignal
): Promise<ApplicationView> {
  let step: 'not asked' | 'asked' | 'moving' = 'not asked';
  const resting: readonly ApplicationState[] = RESTING[goal];
  const look = async (): Promise<ApplicationView> => {
    const seen = await describeApplication(send, application, signal);
    if (!resting.includes(seen.state)) {
      if (step === 'asked') step = 'moving';
    } else if (step === 'moving') {
      throw notMoved(seen);
    } else if (step === 'not asked') {
      const operation = goal === 'STARTED' ? 'StartApplication' : 'StopApplication';
      await send(operation, { applicationId: application }, signal);
      step = 'asked';
    }
    return seen;
  };
  const done = (seen: ApplicationView): boolean => {
    if (seen.state === 'TERMINATED') throw terminated(seen);
    return goal === 'STARTED' ? seen.state === 'STARTED' : STOPPED_STATES.includes(seen.state);
  };
  const what = `the EMR Serverless application ${application} to be ${goal.toLowerCase()}`;
  return await poll(look, done, {
    what,
    clock,
    everyMs: LOOK_MS,
    limitMs,
    onSeen: onState,
    signal
  });
}

/** It set out, and went back to where it was. */
function notMoved({ name, state, reason }: ApplicationView): HeadraceError {
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `The EMR Serverless application ${name} is ${state.toLowerCase()} again`,
    {
      ...(reason === null ? {} : { why: reason.replace(/\.$/, '') }),
      next: 'Look at its network and its limits with %provision doctor.'
    }
  );
}

function terminated({ name }: ApplicationView): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `The EMR Serverless application ${name} is deleted`, {
    next: 'Make the environment again with %provision aws --apply.'
  });
}
