import { targetProfileSchema, type TargetProfile } from '../../src/runtime/profile/profile.ts';

/** A profile of plain Kafka and Livy that somebody runs. */
export function plainProfile(name: string, change: Partial<TargetProfile> = {}): TargetProfile {
  return targetProfileSchema.parse({
    name,
    kind: 'attach',
    brokers: ['kafka.example.org:9092'],
    livy: { url: 'http://spark.example.org:8998' },
    ...change
  });
}
