import { isEnded } from '../../livy/session-state.ts';
import type { StatementOutput } from '../../livy/port.ts';
import type { TargetProfile } from '../profile.ts';
import type { Check } from './port.ts';

/** The endpoint answers and knows who asks. */
export const livyCheck: Check = {
  name: 'Livy',
  async run(subject, signal) {
    const livy = subject.livy();
    const sessions = await livy.listSessions(signal);
    const { type, version } = await livy.capabilities(signal);
    const release = version === '' ? type : `${type} ${version}`;
    return { state: 'ok', detail: `${release}; ${sessions.length} sessions` };
  }
};

/** The session of this notebook lives, or there is room for one. */
export const sessionCheck: Check = {
  name: 'session',
  async run(subject, signal) {
    const session = await subject.session().find(signal);
    if (session !== null && isEnded(session.state))
      return {
        state: 'wrong',
        detail: `the session ${session.name ?? session.id} is ${session.state}${lastLine(session.log)}`,
        next: 'Run a cell: it starts a new one. The cause is in %session log.'
      };
    if (session !== null) return { state: 'ok', detail: `${session.state}, id ${session.id}` };
    const livy = subject.livy();
    const [{ maxSessions }, all] = await Promise.all([
      livy.capabilities(signal),
      livy.listSessions(signal)
    ]);
    const running = all.filter(({ state }) => !isEnded(state)).length;
    if (maxSessions === null || running < maxSessions)
      return { state: 'ok', detail: 'none yet: the next cell with code starts it' };
    return {
      state: 'wrong',
      detail: `all ${maxSessions} sessions of the endpoint are taken`,
      next: 'End one that is not needed: %session list, then %session delete ID --force.'
    };
  }
};

/** Spark has the jars that it needs for Kafka. */
export const jarsCheck: Check = {
  name: 'jars',
  async run(subject, signal) {
    const session = await subject.session().find(signal);
    if (session?.state !== 'idle')
      return { state: 'skipped', detail: 'they can be looked at once a session is idle' };
    const code = jarsCode(subject.profile?.kafkaAuth ?? { kind: 'none' });
    const output = await subject.livy().run(session.id, code, 'pyspark', { signal });
    const missing = missingIn(output);
    if (missing === null)
      return { state: 'skipped', detail: 'the session gave no answer that says so' };
    if (missing.length === 0) return { state: 'ok', detail: 'Spark has what Kafka needs' };
    return {
      state: 'wrong',
      detail: `Spark lacks ${missing.join(' and ')}`,
      next: 'Add the jars with %configure, as packages or as paths in s3://, and start a new session.'
    };
  }
};

const MARK = 'headrace-missing:';

/**
 * The connector is asked for as a cell would ask, without a connection; the login module is only a name until
 * a connection is made. https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html
 */
function jarsCode(auth: TargetProfile['kafkaAuth']): string {
  const iam = [
    'try:',
    '    spark.sparkContext._jvm.java.lang.Thread.currentThread().getContextClassLoader().loadClass("software.amazon.msk.auth.iam.IAMLoginModule")',
    'except Exception:',
    '    _headrace_missing.append("aws-msk-iam-auth")'
  ];
  return [
    '_headrace_missing = []',
    'try:',
    '    spark.readStream.format("kafka").option("kafka.bootstrap.servers", "localhost:1").option("subscribe", "none").load()',
    'except Exception:',
    '    _headrace_missing.append("spark-sql-kafka-0-10")',
    ...(auth.kind === 'iam' ? iam : []),
    `print("${MARK}" + ",".join(_headrace_missing))`
  ].join('\n');
}

function missingIn(output: StatementOutput): readonly string[] | null {
  const text = output.status === 'ok' ? output.data['text/plain'] : undefined;
  const line =
    typeof text === 'string' ? text.split('\n').find(each => each.startsWith(MARK)) : undefined;
  if (line === undefined) return null;
  return line
    .slice(MARK.length)
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
}

function lastLine(log: readonly string[]): string {
  const line = log.findLast(each => each.trim() !== '');
  return line === undefined ? '' : `: ${line.trim()}`;
}
