import { HeadraceError } from '../../../shared/errors.ts';
import { linksOf } from '../control/failure.ts';
import { allPages } from '../control/pages.ts';
import { persist } from '../control/patience.ts';
import type { PlannedStack } from '../environments-port.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import { MSK_VERSION } from '../template/kafka/msk.ts';
import type { AwsPlace } from './place.ts';

/** What is asked of a region before anything is made there. */
export type OffersPlace = Pick<AwsPlace, 'region' | 'world' | 'msk' | 'emr' | 'serverless'>;

/** Regions of MSK Serverless. https://docs.aws.amazon.com/msk/latest/developerguide/serverless.html */
const MSK_SERVERLESS: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'us-east-1',
  'us-east-2',
  'us-west-2'
];

/** One question to a service: gives warnings, or rejects where the region lacks what is needed. */
interface Question {
  /** The types of resources for which it is asked. */
  readonly for: readonly string[];
  readonly service: string;
  /** What is not known where it may not be asked. */
  readonly about: string;
  readonly ask: (
    spec: EnvironmentSpec,
    place: OffersPlace,
    signal: AbortSignal
  ) => Promise<readonly string[]>;
}

const QUESTIONS: readonly Question[] = [
  {
    for: ['AWS::MSK::Cluster'],
    service: 'MSK',
    about: `MSK has Kafka ${MSK_VERSION}`,
    ask: askKafkaVersion
  },
  {
    for: ['AWS::MSK::ServerlessCluster'],
    service: 'MSK',
    about: 'MSK Serverless is there',
    ask: askMskServerless
  },
  {
    for: ['AWS::EMR::Cluster', 'AWS::EMRContainers::VirtualCluster'],
    service: 'EMR',
    about: 'EMR has the release',
    ask: askRelease
  },
  {
    for: ['AWS::EMRServerless::Application'],
    service: 'EMR Serverless',
    about: 'EMR Serverless is there',
    ask: askServerless
  }
];

/**
 * Whether the region has what a plan makes anew, as far as its services tell. Gives what could not be known, because the
 * person may not ask. @throws HR_ENVIRONMENT where the region lacks it
 */
export async function checkOffers(
  spec: EnvironmentSpec,
  stacks: readonly PlannedStack[],
  place: OffersPlace,
  signal: AbortSignal
): Promise<readonly string[]> {
  const changes = stacks.flatMap(stack => stack.changes);
  const made = new Set(changes.filter(one => one.action === 'Add').map(one => one.type));
  const warnings: string[] = [];
  for (const question of QUESTIONS.filter(one => one.for.some(type => made.has(type))))
    warnings.push(...(await answerTo(question, spec, place, signal)));
  return warnings;
}

async function answerTo(
  { ask, service, about }: Question,
  spec: EnvironmentSpec,
  place: OffersPlace,
  signal: AbortSignal
): Promise<readonly string[]> {
  const { region, world } = place;
  try {
    return await persist(world, signal, async () => {
      try {
        return await ask(spec, place, signal);
      } catch (error) {
        // Others have just answered from this region, so that it is not the network that is down.
        throw hasNoAddress(error) ? lacking(region, service, 'it has no address there') : error;
      }
    });
  } catch (error) {
    if (!(error instanceof HeadraceError) || error.code !== 'HR_AWS_REFUSED') throw error;
    return [`It is not known whether ${about} in ${region}: ${error.message}.`];
  }
}

function hasNoAddress(error: unknown): boolean {
  const cause = error instanceof HeadraceError ? error.cause : error;
  return linksOf(cause).some(({ code, name }) => code === 'ENOTFOUND' || name === 'ENOTFOUND');
}

function lacking(region: string, what: string, why: string, or = ''): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `${region} does not have ${what}`, {
    why,
    next: `Choose another --region${or}; nothing was made.`
  });
}

function kafkaVersions({ msk }: OffersPlace, signal: AbortSignal): Promise<readonly string[]> {
  return allPages(async NextToken => {
    const input = NextToken === undefined ? {} : { NextToken };
    const page = await msk('ListKafkaVersions', input, signal);
    const items = (page.KafkaVersions ?? []).flatMap(({ Version }) => Version ?? []);
    return { items, next: page.NextToken };
  });
}

async function askKafkaVersion(_spec: EnvironmentSpec, place: OffersPlace, signal: AbortSignal) {
  const versions = await kafkaVersions(place, signal);
  if (versions.includes(MSK_VERSION)) return [];
  const why = versions.length === 0 ? 'it lists none' : `it has ${versions.join(', ')}`;
  throw lacking(place.region, `Kafka ${MSK_VERSION} of MSK`, why, ' or --kafka');
}

/** No operation tells where it is: the list may have grown since, so one that is not on it is warned of only. */
async function askMskServerless(_spec: EnvironmentSpec, place: OffersPlace, signal: AbortSignal) {
  await kafkaVersions(place, signal);
  const { region } = place;
  return MSK_SERVERLESS.includes(region)
    ? []
    : [`MSK Serverless was not in ${region} when this version of Headrace was made.`];
}

/** On EKS a release has a suffix for its date, which the list has not. */
async function askRelease({ release }: EnvironmentSpec, place: OffersPlace, signal: AbortSignal) {
  const label = release.replace(/-(latest|\d{8})$/, '');
  const found = await allPages(async NextToken => {
    const more = NextToken === undefined ? {} : { NextToken };
    const input = { Filters: { Prefix: label }, ...more };
    const page = await place.emr('ListReleaseLabels', input, signal);
    return { items: page.ReleaseLabels ?? [], next: page.NextToken };
  });
  if (found.includes(label)) return [];
  const why = `EMR lists no ${label} there`;
  throw lacking(place.region, `the EMR release ${label}`, why, ' or --release');
}

async function askServerless(
  _spec: EnvironmentSpec,
  { serverless }: OffersPlace,
  signal: AbortSignal
) {
  await serverless('ListApplications', { maxResults: 1 }, signal);
  return [];
}
