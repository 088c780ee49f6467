import { deny, document } from '../iam/policy.ts';
import { tagsOf, type LayerContext } from '../context.ts';
import { attribute, ref, text, type Resources } from '../values.ts';

const LOG_DAYS = 14;

/** Old logs and uploads that were never finished cost money and help nobody. */
const LIFECYCLE = {
  Rules: [
    {
      Id: 'logs',
      Status: 'Enabled',
      Prefix: 'logs/',
      ExpirationInDays: LOG_DAYS
    },
    {
      Id: 'unfinished',
      Status: 'Enabled',
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }
    }
  ]
};

/** The bucket of an environment: jobs, jars, checkpoints and logs. Nobody else can read it, and only through TLS. */
export function bucket(context: LayerContext): Resources {
  return {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }
          ]
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: LIFECYCLE,
        Tags: tagsOf(context, 'bucket')
      }
    },
    BucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref('Bucket'),
        PolicyDocument: document([
          deny({
            sid: 'OnlyThroughTls',
            actions: ['s3:*'],
            resources: [attribute('Bucket', 'Arn'), text(attribute('Bucket', 'Arn'), '/*')],
            condition: { Bool: { 'aws:SecureTransport': 'false' } }
          })
        ])
      }
    }
  };
}
