import {
  batch,
  batchEnded,
  betweenTwo,
  died,
  ended,
  idle,
  nothing,
  posted,
  ran,
  starting,
  then,
  type Given
} from './states.ts';

/** How a recorded exchange is played against a gateway whose Spark is in memory. */
export interface OfflineRow {
  readonly name: string;
  readonly given: Given;
  /** Number of the statement that the path names, where the gateway's is another one than the recorded. */
  readonly statement?: number;
  /** A file that takes the place of the one that the request names. */
  readonly file?: string;
}

const FULL = 'session-create-full';
const SHARED = 'session-create-empty-object';
const PYSPARK = 'session-view-idle-pyspark';
const START_FAILED = 'session-view-start-failed';
const dead = died(idle(SHARED));
const stopped = then(idle(FULL), 'POST', '/stop');
const startFailed = died(starting(START_FAILED));
const deleted = then(idle('session-create-sql'), 'DELETE');
const never = 'println("never")';
const afterwards = 'println("after")';
const long = 'sc.parallelize(1 to 40, 8).map{ i => Thread.sleep(300); i }.count()';
const sleep = 'Thread.sleep(45000); println("woke")';
const queued = 'println("queued behind a sleeping driver")';

const rows = (given: Given, ...names: readonly string[]): OfflineRow[] =>
  names.map(name => ({ name, given }));
const row = (name: string, given: Given, statement?: number): OfflineRow =>
  statement === undefined ? { name, given } : { name, given, statement };

const creations = [
  ...'array bad-conf-type bad-type conf-int-value conf-null doas driver-cores-string'.split(' '),
  ...'empty-object form full idletimeout jar-not-whitelisted kind-empty kind-number'.split(' '),
  ...'kind-shared kind-upper name-digits name-empty name-null name-number'.split(' '),
  ...'no-content-type not-json other-master proxyuser spark sql then-delete ttl-number'.split(' ')
].map(name => `session-create-${name}`);

/** Paths, methods and pages that need no session. */
const PATHS = rows(
  nothing,
  ...creations,
  ...'batch-404 batch-create-no-file batch-create-local-file batch-delete-again'.split(' '),
  ...'csrf-delete-with-header csrf-missing-delete csrf-missing-statement'.split(' '),
  ...'healthcheck metrics metrics-healthcheck metrics-metrics metrics-ping ping root'.split(' '),
  ...'options-sessions path-unknown path-unknown-under-session'.split(' '),
  ...'session-404 session-404-name session-log-404 session-state-404'.split(' '),
  ...'sessions-list-after-rejections sessions-list-empty-slash sessions-list-from-bad'.split(' '),
  ...'statement-post-404-session statements-404-session'.split(' ')
);

const SESSIONS: readonly OfflineRow[] = [
  ...rows(starting(), 'session-state-starting', 'session-view-starting'),
  ...rows(starting('session-create-then-delete'), 'session-delete-while-starting'),
  ...rows(
    then(starting('session-create-then-delete'), 'DELETE'),
    'session-view-deleted-while-starting'
  ),
  ...rows(
    idle(),
    ...'session-connect session-state-idle session-view-after-bad-posts'.split(' '),
    ...'session-view-by-name session-view-idle sessions-list-from5 sessions-list-one'.split(' '),
    ...'session-log-bad-size session-log-from-1-size2 session-log-size-1'.split(' ')
  ),
  ...rows(ran(idle(), 1), 'session-view-after-statement', 'session-view-after-pyspark'),
  ...rows(posted(idle(), long), 'session-view-busy'),
  ...rows(
    then(posted(idle(), sleep), 'POST', '/statements/0/cancel'),
    'session-view-cancelled-but-busy'
  ),
  ...rows(
    ended(then(posted(idle(), long, never), 'POST', '/statements/1/cancel')),
    'session-view-after-cancel-waiting'
  ),
  ...rows(
    idle(FULL),
    ...'head-session patch-session session-accept-html session-format-xml'.split(' '),
    ...'session-view-full session-view-gzip statements-from-bad'.split(' ')
  ),
  ...rows(idle(SHARED), 'completion-shared-no-kind', 'session-view-shared-idle'),
  ...rows(idle('session-create-other-master'), 'session-view-other-master'),
  ...rows(idle(PYSPARK), PYSPARK),
  ...rows(idle('session-create-conf-int-value'), 'session-interrupt'),
  ...rows(idle('session-create-sql'), 'session-delete'),
  ...rows(
    deleted,
    'session-delete-again',
    'session-view-after-delete',
    'statement-post-after-delete'
  ),
  ...rows(then(idle('session-create-idletimeout'), 'DELETE'), 'session-view-after-idletimeout'),
  ...rows(dead, 'session-log-dead', 'session-state-dead', 'session-view-dead'),
  ...rows(stopped, 'session-delete-after-stop', 'session-view-after-stop'),
  ...rows(startFailed, START_FAILED)
];

const STATEMENTS: readonly OfflineRow[] = [
  ...rows(starting(), 'statement-post-while-starting', 'statements-list-while-starting'),
  ...rows(
    idle(),
    'completion-bad',
    ...'statement-404 statement-id-not-int statement-post-bad-json statement-post-bad-kind'.split(
      ' '
    ),
    ...'statement-post-empty-body statement-post-empty-code statement-post-missing-code'.split(' '),
    ...'statement-post-null-code statement-post-spark'.split(' ')
  ),
  ...rows(
    startFailed,
    'statement-get-start-failed',
    'statement-post-start-failed',
    'statements-list-start-failed'
  ),
  ...rows(dead, 'statement-get-dead-session'),
  ...rows(
    then(idle('session-create-conf-int-value'), 'POST', '/interrupt'),
    'statement-after-interrupt'
  ),
  row('statement-cancel-available', ran(idle(), 1), 0),
  row('statement-cancel-again', then(posted(idle(), long), 'POST', '/statements/0/cancel'), 0),
  row('statement-cancel-sleep', posted(idle(), sleep), 0),
  row('statement-cancel-sql', posted(idle(), long), 0),
  row('statement-cancel-waiting', posted(idle(), long, never), 1),
  row('statement-waiting', posted(idle(), long, afterwards), 1),
  row('statement-running', posted(idle(), long), 0),
  row('statement-running-progress', posted(idle(), long), 0),
  row('statement-behind-cancelled-sleep', posted(idle(), sleep, queued), 1),
  ...['statement-cancelled-waiting', 'statement-cancelled-waiting-later'].map(name =>
    row(name, then(posted(idle(), long, never), 'POST', '/statements/1/cancel'), 1)
  ),
  row('statement-evicted', ran(idle(SHARED), 101)),
  row('statements-list-desc', betweenTwo(posted(ran(idle(), 23), 'sys.error("x")', '1+1')))
];

/** Batches; `file` is one that is there. */
export function batchRows(file: string): readonly OfflineRow[] {
  const ok = batch('batch-create-ok', file);
  const log = ['failing', 'INFO ShutdownHookManager', 'INFO ShutdownHookManager'];
  const failed = batchEnded(batch('batch-create-fail', file), 1, log);
  const succeeded = batchEnded(
    ok,
    0,
    Array.from({ length: 107 }, (_, line) => `line ${line}`)
  );
  return [
    { name: 'batch-create-ok', given: nothing, file },
    { name: 'batch-create-fail', given: nothing, file },
    ...rows(succeeded, 'batch-view-ok', 'batch-state-ok', 'batch-log-ok', 'batch-delete'),
    ...rows(failed, 'batch-view-fail', 'batch-state-fail', 'batch-log-fail')
  ];
}

/** Exchanges that need neither Spark nor a file. */
export const OFFLINE: readonly OfflineRow[] = [...PATHS, ...SESSIONS, ...STATEMENTS];
