/** A statement that names no single resource, and why it cannot. */
export interface WildcardReason {
  readonly sid: string;
  readonly reason: string;
}

/**
 * All statements whose resource is `*`, or every resource of a type. A test refuses others, and entries that no template
 * has.
 */
export const WILDCARD_REASONS = [
  {
    sid: 'KeyAdministration',
    reason: 'in the policy of a key, * is that key: it has no other name yet'
  },
  {
    sid: 'KafkaSecretKey',
    reason:
      'the key belongs to the Kafka layer and its id is not known here; the condition limits it to the one secret'
  }
] as const satisfies readonly WildcardReason[];
