import { HeadraceError } from '../../../shared/errors.ts';
import type { KafkaAuthRecord } from '../../kafka/auth-record.ts';
import type { TargetProfile } from '../../profile/profile.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import { persist } from '../control/patience.ts';
import type { LayerOutputs } from '../engine/parameters.ts';
import { bootstrapBrokers, clusterName } from '../msk/brokers.ts';
import { waitForCluster } from '../msk/cluster.ts';
import { enablePublicAccess } from '../msk/public-access.ts';
import { OUTPUTS } from '../template/types.ts';
import type { Hands } from './hands.ts';

/** The user that the template makes, and where a person puts what only they may have. */
const SCRAM_USER = 'headrace';
const PASSWORD_VARIABLE = 'HEADRACE_KAFKA_PASSWORD';

type KafkaSide = Pick<TargetProfile, 'brokers' | 'kafkaAuth' | 'mskCluster'>;

/** Waits until Kafka of an environment serves, and gives its addresses. */
export async function reachKafka(
  spec: EnvironmentSpec,
  outputs: LayerOutputs,
  hands: Hands
): Promise<KafkaSide> {
  if (spec.kafka === 'ec2') return ownBrokers(spec, outputs);
  const { place, signal, step, notice } = hands;
  const cluster = requireOutput(outputs, 'kafka', OUTPUTS.kafka.cluster);
  const { clock } = place.world;
  step(`Waiting for the MSK cluster ${clusterName(cluster)}`);
  await waitForCluster(place.msk, cluster, { clock }, signal);
  if (spec.publicBrokers) {
    step('Giving the brokers public addresses');
    await enablePublicAccess(place.msk, cluster, { clock }, signal);
  }
  const query = { cluster, publicOnes: spec.publicBrokers };
  // Without a login there is an encrypted listener, as the template has it, or else one that is not.
  const login = spec.kafkaAuth === 'none' ? {} : { auth: spec.kafkaAuth };
  const { auth, brokers } = await persist(place.world, signal, () =>
    bootstrapBrokers(place.msk, { ...query, ...login }, signal)
  );
  for (const sentence of secretsFor(spec)) notice(sentence);
  const kafkaAuth = auth === 'none' ? ({ kind: 'none' } as const) : authOf(spec);
  // The API of MSK has the topics of provisioned clusters only.
  const mskCluster = spec.kafka === 'msk' ? cluster : null;
  return { brokers: [...brokers], kafkaAuth, mskCluster };
}

function ownBrokers({ kafkaAuth, name }: EnvironmentSpec, outputs: LayerOutputs): KafkaSide {
  const brokers = requireOutput(outputs, 'kafka', OUTPUTS.kafka.brokers).split(',');
  if (kafkaAuth === 'none') return { brokers, kafkaAuth: { kind: 'none' }, mskCluster: null };
  throw new HeadraceError('HR_INTERNAL', `Kafka on EC2 of ${name} has a login`);
}

function authOf({ kafkaAuth, region, name }: EnvironmentSpec): KafkaAuthRecord {
  switch (kafkaAuth) {
    case 'iam':
      return { kind: 'iam', region };
    case 'scram':
      return {
        kind: 'scram',
        mechanism: 'SCRAM-SHA-512',
        username: SCRAM_USER,
        password: { env: PASSWORD_VARIABLE }
      };
    case 'mtls':
      return { kind: 'mtls', key: `${name}-client.key`, cert: `${name}-client.pem` };
    case 'none':
      return { kind: 'tls' };
  }
}

/** What the person has to bring before a cell of this notebook can ask the brokers. */
function secretsFor({ kafkaAuth, name }: EnvironmentSpec): string[] {
  if (kafkaAuth === 'scram')
    return [
      `The password of ${SCRAM_USER} is in the secret AmazonMSK_headrace-${name} of Secrets Manager: set ${PASSWORD_VARIABLE} to it before Jupyter starts.`
    ];
  if (kafkaAuth === 'mtls')
    return [
      `Have the authority of the environment sign a certificate, and put it with its key beside the notebook as ${name}-client.pem and ${name}-client.key.`
    ];
  return [];
}

/** An output that the templates promise. @throws HR_ENVIRONMENT where a stack lacks it */
export function requireOutput(
  outputs: LayerOutputs,
  layer: 'net' | 'kafka' | 'spark',
  name: string
): string {
  const value = outputs[layer]?.[name];
  if (value !== undefined) return value;
  throw new HeadraceError('HR_ENVIRONMENT', `The ${layer} stack does not tell its ${name}`, {
    why: 'it was made by another version of Headrace, or changed by hand',
    next: 'Run %provision aws --apply again.'
  });
}
