import { tagsOf, type LayerContext } from '../context.ts';
import { secretName } from '../iam/kafka-access.ts';
import { allowTo, document } from '../iam/policy.ts';
import type { Resource, Value } from '../types.ts';
import { attribute, ref, type Resources } from '../values.ts';

const USER = 'headrace';
const WAIT_DAYS = 7;

const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription'
];

/**
 * Whoever of the account its policies allow, as in the policy that AWS gives a key by default, but by name. MSK is given
 * a grant when it gets the secret.
 */
function keyPolicy({ resolved }: LayerContext): Value {
  const account = { AWS: `arn:${resolved.partition}:iam::${resolved.account}:root` };
  return document([
    allowTo(account, { sid: 'KeyAdministration', actions: ADMINISTRATION, resources: ['*'] })
  ]);
}

/** MSK refuses secrets under the key that Secrets Manager has by default. */
function key(context: LayerContext): Resource {
  return {
    Type: 'AWS::KMS::Key',
    Properties: {
      Description: 'The secret of the Kafka cluster',
      EnableKeyRotation: true,
      PendingWindowInDays: WAIT_DAYS,
      KeyPolicy: keyPolicy(context),
      Tags: tagsOf(context, 'secret-key')
    }
  };
}

function secret(context: LayerContext): Resource {
  return {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      Name: secretName(context),
      Description: 'User and password for Kafka',
      KmsKeyId: attribute('SecretKey', 'Arn'),
      GenerateSecretString: {
        SecretStringTemplate: JSON.stringify({ username: USER }),
        GenerateStringKey: 'password',
        PasswordLength: 32,
        // A login module reads it between quotes.
        ExcludePunctuation: true
      },
      Tags: tagsOf(context, 'secret')
    }
  };
}

/** The policy that MSK attaches if it is missing, and CloudFormation would not know of then. */
const secretPolicy: Resource = {
  Type: 'AWS::SecretsManager::ResourcePolicy',
  Properties: {
    SecretId: ref('Secret'),
    BlockPublicPolicy: true,
    ResourcePolicy: document([
      allowTo(
        { Service: 'kafka.amazonaws.com' },
        {
          sid: 'AWSKafkaResourcePolicy',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [ref('Secret')]
        }
      )
    ])
  }
};

/**
 * A user with a password, made by Secrets Manager and seen by nobody.
 * https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
 */
export function scramUser(context: LayerContext): Resources {
  return {
    SecretKey: key(context),
    Secret: secret(context),
    SecretPolicy: secretPolicy,
    ScramUser: {
      Type: 'AWS::MSK::BatchScramSecret',
      DependsOn: 'SecretPolicy',
      Properties: { ClusterArn: ref('Cluster'), SecretArnList: [ref('Secret')] }
    }
  };
}
