import type { LivyCapabilities } from '../livy/port.ts';

/** What is known of one of the two worlds that a notebook moves between. */
export interface WorldFacts {
  /** `local`, or the name of a profile. */
  readonly target: string;
  /** Null where nothing runs yet that could be asked. */
  readonly capabilities: LivyCapabilities | null;
  /** Topics of the user; null where the brokers do not answer here, and why not. */
  readonly topics: readonly string[] | null;
  readonly kafkaProblem: string | null;
  /** Kafka is reached through a Spark session, which a look does not start: topics are not known then. */
  readonly throughSpark: boolean;
}

/** What runs for the notebook and does not come along. */
export interface StaysBehind {
  /** Names of running streams and producers. */
  readonly streams: readonly string[];
  readonly producers: readonly string[];
  /** Topics that the cells of this notebook use. */
  readonly topics: readonly string[];
}

/** One thing that is not the same in the other world. */
export interface Difference {
  readonly what: string;
  readonly here: string;
  readonly there: string;
  /** What it means for a cell. */
  readonly effect: string;
}

/** What will differ for a notebook that moves, the most important first; empty where nothing does. */
export function differences(
  here: WorldFacts | null,
  there: WorldFacts,
  stays: StaysBehind
): readonly Difference[] {
  const one = here?.capabilities ?? null;
  const other = there.capabilities;
  return [
    ...(one === null || other === null ? [] : capabilityDifferences(one, other)),
    ...kafkaDifference(here, there),
    ...topicDifference(there, stays),
    ...runningDifference('streams', stays.streams, here, there),
    ...runningDifference('producers', stays.producers, here, there)
  ];
}

function capabilityDifferences(one: LivyCapabilities, other: LivyCapabilities): Difference[] {
  return [
    ...differs('Spark', versionOf(one), versionOf(other), 'SQL and functions may differ'),
    ...differs(
      'Scala',
      one.scalaVersion === '' || other.scalaVersion === '' ? '' : one.scalaVersion,
      one.scalaVersion === '' || other.scalaVersion === '' ? '' : other.scalaVersion,
      'jars and packages must be of that Scala'
    ),
    ...differs(
      'real-time mode',
      yesNo(one.realTimeMode),
      yesNo(other.realTimeMode),
      other.realTimeMode ? 'streams may use it' : 'streams run in micro-batches'
    ),
    ...kindDifference(one, other),
    ...ABILITIES.flatMap(({ what, of, gained, lost }) =>
      differs(what, yesNo(of(one)), yesNo(of(other)), of(other) ? gained : lost)
    ),
    ...differs(
      'sessions at a time',
      limitOf(one),
      limitOf(other),
      'those of all users of the endpoint count'
    )
  ];
}

interface Ability {
  readonly what: string;
  readonly of: (capabilities: LivyCapabilities) => boolean;
  readonly gained: string;
  readonly lost: string;
}

const ABILITIES: readonly Ability[] = [
  {
    what: 'batches',
    of: each => each.batches,
    gained: '%submit and %batch work',
    lost: '%submit and %batch are refused'
  },
  {
    what: 'uploads',
    of: each => each.uploads,
    gained: 'jars and files are added to a running session',
    lost: 'jars and files need %configure and a new session'
  },
  {
    what: 'files of this machine',
    of: each => each.localFiles,
    gained: 'paths in cells are read here',
    lost: 'paths in cells are read there: use s3:// or hdfs:// paths'
  },
  {
    what: 'session log',
    of: each => each.log,
    gained: '%session log works',
    lost: '%session log is empty: read the log of the service'
  },
  {
    what: 'completion',
    of: each => each.completion,
    gained: 'Spark completes names',
    lost: 'only magics complete'
  }
];

/** SQL that is no kind of its own is sent as PySpark, which nobody notices. */
function kindDifference(one: LivyCapabilities, other: LivyCapabilities): Difference[] {
  const lost = one.kinds.filter(kind => !other.kinds.includes(kind));
  const unseen = lost.every(kind => kind === 'sql');
  return differs(
    'kinds of statements',
    one.kinds.toSorted().join(', '),
    other.kinds.toSorted().join(', '),
    unseen ? 'no cell notices' : `cells of ${lost.join(', ')} are refused`
  );
}

function kafkaDifference(here: WorldFacts | null, there: WorldFacts): Difference[] {
  if (there.throughSpark)
    return differs('brokers', wayOf(here), wayOf(there), 'views, %topic and %produce are slower');
  if (there.kafkaProblem === null)
    return here?.throughSpark === true
      ? differs('brokers', wayOf(here), wayOf(there), 'views, %topic and %produce are faster')
      : [];
  const now = here === null || here.topics === null ? 'no answer' : 'answer';
  const effect = `%topic and %produce fail from here, Spark reads them: ${there.kafkaProblem}`;
  return [{ what: 'brokers', here: now, there: 'no answer', effect }];
}

function wayOf(world: WorldFacts | null): string {
  if (world === null) return '';
  return world.throughSpark ? 'through Spark' : 'direct';
}

function topicDifference(there: WorldFacts, { topics }: StaysBehind): Difference[] {
  const known = there.topics;
  if (known === null) return [];
  const missing = topics.filter(topic => !known.includes(topic));
  if (missing.length === 0) return [];
  return [
    {
      what: 'topics',
      here: missing.join(', '),
      there: 'missing',
      effect: 'create them there with %topic create; records do not come along'
    }
  ];
}

function runningDifference(
  what: string,
  names: readonly string[],
  here: WorldFacts | null,
  there: WorldFacts
): Difference[] {
  if (names.length === 0 || here === null) return [];
  const effect = `they run on in ${here.target}; %provision use ${here.target} comes back to them`;
  return [{ what, here: names.join(', '), there: `not in ${there.target}`, effect }];
}

function differs(what: string, here: string, there: string, effect: string): Difference[] {
  return here === there ? [] : [{ what, here, there, effect }];
}

function versionOf({ sparkVersion }: LivyCapabilities): string {
  return sparkVersion === '' ? 'known once a session runs' : sparkVersion;
}

function limitOf({ maxSessions }: LivyCapabilities): string {
  return maxSessions === null ? 'no limit known' : String(maxSessions);
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
