import type { TargetProfile } from '../../../profile/profile.ts';
import { sparkKafkaOptions } from '../../../kafka/spark-options.ts';

type Settings = Readonly<Record<string, string>>;

/** Settings of a profile's sessions that belong to the session, not to any job. */
const SESSION_ONLY = /^(emr-serverless\.|livy\.|spark\.headrace\.)/;

/** A job finds its Kafka options in settings of this beginning; the brokers are its arguments. */
const KAFKA_SETTINGS = 'spark.headrace.kafka.';

/** Settings that are lists with commas, of which none may hide the other. */
const LISTS = ['spark.jars', 'spark.files', 'spark.jars.packages', 'spark.submit.pyFiles'];

/** What every job of a profile needs, whoever runs it: the connectors, and the login to Kafka where that is no secret. */
export function jobConf({
  livy,
  kafkaAuth,
  brokers
}: Pick<TargetProfile, 'livy' | 'kafkaAuth' | 'brokers'>): Settings {
  const { kind } = kafkaAuth;
  const kafka = kind === 'tls' || kind === 'iam' ? sparkKafkaOptions({ auth: kind, brokers }) : {};
  return Object.fromEntries<string>([
    ...Object.entries(livy.conf).filter(([name]) => !SESSION_ONLY.test(name)),
    ...Object.entries(kafka)
      .filter(([name]) => name !== 'kafka.bootstrap.servers')
      .map(([name, value]): [string, string] => [`${KAFKA_SETTINGS}${name}`, value])
  ]);
}

/** Both together; the second wins, but for lists. */
export function mergedSettings(one: Settings, other: Settings): Settings {
  const both = LISTS.filter(name => name in one && name in other);
  const lists = both.map((name): [string, string] => [
    name,
    `${one[name] ?? ''},${other[name] ?? ''}`
  ]);
  return { ...one, ...other, ...Object.fromEntries(lists) };
}
