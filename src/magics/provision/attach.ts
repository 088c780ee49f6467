import { z } from 'zod';
import { REGION } from '../../runtime/aws/environment/spec.ts';
import { TARGET_TYPES } from '../../runtime/livy/target.ts';
import { profileName } from '../../runtime/profile/profile.ts';
import { HeadraceError } from '../../shared/errors.ts';
import { defineMagic } from '../contract.ts';
import { profileFrom } from './attach/profile-from.ts';
import { moveTo } from './move.ts';

const text = z.string().min(1).optional();

export const provisionAttach = defineMagic({
  name: 'provision',
  action: 'attach',
  kinds: ['line'],
  summary:
    'Attaches this notebook to Kafka and Livy that are there already, and keeps their addresses as a profile.',
  args: z.object({
    brokers: text.describe('Kafka brokers HOST:PORT, separated by commas.'),
    livy: z
      .url({ protocol: /^https?$/, error: 'must be a URL' })
      .optional()
      .describe('URL of the Livy endpoint.'),
    livyType: z
      .enum(TARGET_TYPES)
      .optional()
      .describe('What kind of endpoint it is; livy, or what the URL tells, if absent.'),
    as: profileName.describe('Name of the profile; one of the same name is replaced.'),
    stack: text.describe(
      'A CloudFormation stack whose outputs and resources tell what is not given here.'
    ),
    auth: z
      .enum(['none', 'tls', 'iam', 'scram', 'mtls'])
      .optional()
      .describe('How Kafka is told who asks; by the port of MSK, else none, if absent.'),
    region: z
      .string()
      .regex(REGION, 'must be a region such as eu-west-1')
      .optional()
      .describe('Region of AWS, where no address names it.'),
    user: text.describe('User for --auth scram.'),
    passwordEnv: text.describe('Environment variable that has the password for --auth scram.'),
    passwordFile: text.describe('File whose first line is the password for --auth scram.'),
    ca: text.describe('PEM file of the authority that signed the certificates of the brokers.'),
    cert: text.describe('PEM file of the certificate for --auth mtls.'),
    key: text.describe('PEM file of the key for --auth mtls.'),
    livyAuth: z
      .enum(['none', 'bearer', 'basic', 'sigv4'])
      .optional()
      .describe('How Livy is told who asks; sigv4 for EMR Serverless, else none, if absent.'),
    livyUser: text.describe('User for --livy-auth basic.'),
    livySecretFile: text.describe('File whose first line is the token or the password for Livy.'),
    role: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/, 'must be the ARN of a role')
      .optional()
      .describe('Role that sessions of EMR Serverless run with.'),
    conf: z
      .array(z.string().regex(/^[^=]+=/, 'must be KEY=VALUE'))
      .default([])
      .describe('A setting KEY=VALUE that every session needs there; may be repeated.'),
    throughSpark: z
      .boolean()
      .default(false)
      .describe('The brokers are reached through a small Spark session, not from this machine.'),
    onlyWrite: z
      .boolean()
      .default(false)
      .describe('Only writes the profile; the notebook stays where it is.')
  }),
  examples: [
    '%provision attach --brokers b-1.example.org:9092 --livy http://spark.example.org:8998 --as lab',
    '%provision attach --stack my-cluster --region eu-west-1 --role arn:aws:iam::111122223333:role/jobs --as prod --only-write'
  ],
  async run(args, _body, context) {
    const { profiles } = context.runtime.targets;
    await requireFree(args.as, async () => (await profiles.read(args.as))?.kind === 'aws');
    const profile = await profileFrom(args, context);
    await profiles.save(profile);
    if (!args.onlyWrite) return moveTo(profile.name, context);
    context.display.stdout(
      `Wrote the profile ${profile.name}. Go there with %provision use ${profile.name}; check it with %provision doctor ${profile.name}.\n`
    );
  }
});

/** A damaged profile may be replaced; one of an environment is made by its apply alone. */
async function requireFree(name: string, isEnvironment: () => Promise<boolean>): Promise<void> {
  if (!(await isEnvironment().catch(() => false))) return;
  throw new HeadraceError('HR_USAGE', `The profile ${name} is of an environment on AWS`, {
    why: '%provision aws wrote it',
    next: 'Choose another name with --as.'
  });
}
