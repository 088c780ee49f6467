import { sparkKafkaOptions } from '../kafka/spark-options.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { needsSecret, type KafkaAuthRecord } from '../kafka/auth-record.ts';
import type { LivyPort } from '../livy/port.ts';
import type { BringModule } from '../session/python-call.ts';
import type { StartRequest } from './statements.ts';

/** What a stream needs on Spark that is not the one of this machine. */
export interface SparkElsewhere {
  /** Options of its Kafka sources and sinks; HR_USAGE where Spark could log in only with a secret in the request. */
  readonly kafkaOptions: () => Readonly<Record<string, string>>;
  /** Why real-time mode is not to be tried, as a clause; null where it can be. */
  readonly realTimeRefusal: (signal: AbortSignal) => Promise<string | null>;
  /** A statement that brings the Python side of streams into a session that has none. */
  readonly module: BringModule;
}

export interface SparkElsewhereOptions {
  readonly auth: KafkaAuthRecord;
  readonly brokers: readonly string[];
  /** Consumer groups begin with it, which tells the notebook to whoever runs the cluster. */
  readonly groupIdPrefix: string;
  readonly livy: Pick<LivyPort, 'capabilities'>;
  /** See `sparkModule`. */
  readonly module: BringModule;
}

/** Spark as a profile names it. */
export function sparkElsewhere(options: SparkElsewhereOptions): SparkElsewhere {
  const { auth, brokers, groupIdPrefix, livy, module } = options;
  return {
    kafkaOptions() {
      if (needsSecret(auth)) throw secretRefused(auth.kind);
      const { kind } = auth;
      return kind === 'none' ? {} : sparkKafkaOptions({ auth: kind, brokers, groupIdPrefix });
    },
    async realTimeRefusal(signal) {
      const { realTimeMode, sparkVersion } = await livy.capabilities(signal);
      if (realTimeMode) return null;
      return sparkVersion === ''
        ? 'the endpoint is not known to have it'
        : `Spark ${sparkVersion} does not have it`;
    },
    module
  };
}

/** What a request for Spark elsewhere has besides; nothing that is empty. */
export async function askedElsewhere(
  elsewhere: SparkElsewhere,
  signal: AbortSignal
): Promise<Pick<StartRequest, 'kafka' | 'realTimeRefusal'>> {
  const kafka = elsewhere.kafkaOptions();
  const realTimeRefusal = await elsewhere.realTimeRefusal(signal);
  return {
    ...(Object.keys(kafka).length === 0 ? {} : { kafka }),
    ...(realTimeRefusal === null ? {} : { realTimeRefusal })
  };
}

/** Statements are kept by Livy and shown by Spark, so that nothing secret may be in one. */
function secretRefused(kind: 'scram' | 'mtls'): HeadraceError {
  const proof = kind === 'scram' ? 'a password' : 'a private key';
  return new HeadraceError('HR_USAGE', `A stream cannot log in to these brokers from Spark`, {
    why: `that needs ${proof}, which would be in the statements of the session`,
    next: 'Use brokers with IAM for streams; topics, producers and views work as they are.'
  });
}
