import assert from 'node:assert/strict';
import { z } from 'zod';
import { need, type Account } from '../account.ts';

const policySchema = z.object({
  Statement: z.array(
    z.object({ Effect: z.string(), Principal: z.unknown(), Condition: z.unknown().optional() })
  )
});

/** The bucket is encrypted, nobody's else, and spoken to through TLS only. */
export async function checkBucket({ applied, clients }: Account): Promise<void> {
  const s3 = await clients.s3();
  const Bucket = need(applied.outputs.net?.['BucketName']);
  const { ServerSideEncryptionConfiguration: encryption } = await s3.getBucketEncryption({
    Bucket
  });
  assert.deepEqual(
    encryption?.Rules?.map(rule => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm),
    ['AES256']
  );
  const { PublicAccessBlockConfiguration: blocked } = await s3.getPublicAccessBlock({ Bucket });
  assert.deepEqual(blocked, {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true
  });
  const { OwnershipControls: owner } = await s3.getBucketOwnershipControls({ Bucket });
  assert.deepEqual(owner?.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  const { Grants: grants = [] } = await s3.getBucketAcl({ Bucket });
  assert.deepEqual(
    grants.filter(({ Grantee }) => Grantee?.Type !== 'CanonicalUser'),
    []
  );
  const { Policy } = await s3.getBucketPolicy({ Bucket });
  const statements = policySchema.parse(JSON.parse(need(Policy))).Statement;
  assert.deepEqual(statements, [
    {
      Effect: 'Deny',
      Principal: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } }
    }
  ]);
  const { Rules: rules = [] } = await s3.getBucketLifecycleConfiguration({ Bucket });
  assert.ok(rules.some(rule => rule.Filter?.Prefix === 'logs/' && rule.Expiration?.Days === 14));
}
