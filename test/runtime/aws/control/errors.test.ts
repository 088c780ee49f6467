import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HeadraceError, type ErrorCode } from '../../../../src/shared/errors.ts';
import {
  isNotFound,
  isPassing,
  toAwsError,
  type AwsCall
} from '../../../../src/runtime/aws/control/errors.ts';

const call: AwsCall = { action: 'kafka:ListNodes', region: 'eu-west-1', profile: 'data' };

function sdkError(name: string, message: string, status: number | null = 400): Error {
  const answered =
    status === null ? {} : { $fault: 'client', $metadata: { httpStatusCode: status } };
  return Object.assign(new Error(message), { name, ...answered });
}

function nodeError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code });
}

const CASES: readonly (readonly [string, unknown, ErrorCode, RegExp])[] = [
  [
    'no credentials',
    sdkError('CredentialsProviderError', 'Could not load credentials from any providers', null),
    'HR_AWS_CREDENTIALS',
    /^There are no AWS credentials .*Run aws sso login --profile data/
  ],
  [
    'an expired SSO session',
    sdkError(
      'CredentialsProviderError',
      'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login',
      null
    ),
    'HR_AWS_CREDENTIALS',
    /^The AWS credentials have expired\. Run aws sso login --profile data/
  ],
  [
    'an expired SSO token',
    sdkError('TokenProviderError', "Token is expired. To refresh run 'aws sso login'", null),
    'HR_AWS_CREDENTIALS',
    /^The AWS credentials have expired/
  ],
  [
    'a signature of a wrong clock',
    sdkError('RequestExpired', 'Request has expired.', 400),
    'HR_AWS_CREDENTIALS',
    /expired/
  ],
  [
    'a region that is not switched on',
    sdkError('OptInRequired', 'You are not subscribed to this service', 401),
    'HR_AWS_CREDENTIALS',
    /region is switched on/
  ],
  [
    'a permission that S3 does not name',
    sdkError('AccessDenied', 'Access Denied', 403),
    'HR_AWS_REFUSED',
    /^AWS does not allow kafka:ListNodes\./
  ],
  [
    'a permission that EC2 encodes',
    sdkError(
      'UnauthorizedOperation',
      'You are not authorized to perform this operation. User: arn:aws:iam::1:user/a is not authorized to perform: ec2:CreateVpc with an explicit deny in a service control policy. Encoded authorization failure message: abc',
      403
    ),
    'HR_AWS_REFUSED',
    /^AWS does not allow ec2:CreateVpc by an explicit deny/
  ],
  [
    'a quota',
    sdkError('ServiceQuotaExceededException', 'Too many clusters.'),
    'HR_AWS_REFUSED',
    /^A limit of the account in eu-west-1 is reached \(Too many clusters\)\. .*Service Quotas/
  ],
  [
    'a quota of EC2',
    sdkError('VpcLimitExceeded', 'The maximum number of VPCs has been reached.'),
    'HR_AWS_REFUSED',
    /^A limit of the account/
  ],
  [
    'throttling that sounds like a quota',
    sdkError('RequestLimitExceeded', 'Request limit exceeded.', 503),
    'HR_AWS_UNREACHABLE',
    /^AWS asks for fewer requests/
  ],
  [
    'too many requests',
    sdkError('Whatever', 'slow down', 429),
    'HR_AWS_UNREACHABLE',
    /fewer requests/
  ],
  [
    'a name that is taken',
    sdkError('EntityAlreadyExists', 'Role x already exists.'),
    'HR_AWS_REFUSED',
    /^The name is taken \(Role x already exists\)\. Choose another --name/
  ],
  [
    'a type that the region lacks',
    sdkError(
      'ValidationError',
      'Template format error: Unrecognized resource types: [AWS::MSK::Cluster]'
    ),
    'HR_AWS_REFUSED',
    /^eu-west-1 does not have AWS::MSK::Cluster/
  ],
  [
    'a region without the service',
    Object.assign(new Error('getaddrinfo ENOTFOUND kafka.eu-west-9.amazonaws.com'), {
      code: 'ENOTFOUND'
    }),
    'HR_AWS_UNREACHABLE',
    /^No address is known for kafka in eu-west-1 .*region does not have this service/
  ],
  ['a timeout', sdkError('TimeoutError', 'timed out', null), 'HR_AWS_UNREACHABLE', /TimeoutError/],
  ['a cut', nodeError('ECONNRESET'), 'HR_AWS_UNREACHABLE', /ECONNRESET/],
  [
    'a cut on all addresses of a host',
    Object.assign(new AggregateError([nodeError('ETIMEDOUT'), nodeError('ENETUNREACH')], ''), {
      code: 'ETIMEDOUT'
    }),
    'HR_AWS_UNREACHABLE',
    /ETIMEDOUT/
  ],
  [
    'an abort',
    Object.assign(new Error('aborted'), { name: 'AbortError' }),
    'HR_INTERRUPTED',
    /AWS/
  ],
  ['a fault of ours', new TypeError('x is not a function'), 'HR_INTERNAL', /fault of Headrace/]
];

describe('errors of AWS', () => {
  for (const [what, error, code, line] of CASES)
    it(`become one sentence: ${what}`, () => {
      const known = toAwsError(error, call);
      assert.match(known.line, line);
      assert.equal(known.code, code);
      assert.ok(!known.line.includes('\n'));
    });

  it('of this project pass unchanged', () => {
    const error = new HeadraceError('HR_TIMEOUT', 'slow');
    assert.equal(toAwsError(error, call), error);
  });

  it('are known whatever they look like', () => {
    fc.assert(
      fc.property(fc.anything(), anything => {
        const known = toAwsError(anything, call);
        assert.ok(known instanceof HeadraceError);
        assert.equal(typeof isNotFound(anything), 'boolean');
      })
    );
  });

  it('that wrap themselves come to an end', () => {
    const error = new Error('round');
    error.cause = error;
    assert.equal(toAwsError(error, call).code, 'HR_INTERNAL');
  });

  it('pass by themselves, or do not', () => {
    assert.ok(isPassing(toAwsError(nodeError('ECONNRESET'), call)));
    assert.ok(!isPassing(toAwsError(sdkError('ValidationError', 'no'), call)));
    assert.ok(!isPassing(nodeError('ECONNRESET')));
  });

  it('say what does not exist, also when they are already sentences', () => {
    for (const error of [
      sdkError('ResourceNotFoundException', 'gone', 404),
      sdkError('NoSuchBucket', 'gone', 404),
      sdkError('InvalidGroup.NotFound', 'gone'),
      sdkError('ValidationError', 'Stack with id x does not exist')
    ]) {
      assert.ok(isNotFound(error), error.name);
      assert.ok(isNotFound(toAwsError(error, call)), error.name);
    }
    assert.ok(!isNotFound(sdkError('ValidationError', 'wrong')));
  });
});
