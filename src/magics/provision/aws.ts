import type { AwsEnvironments } from '../../runtime/aws/environments-port.ts';
import { defineMagic, type CellContext } from '../contract.ts';
import { runApply, runPlan } from './aws/apply.ts';
import { awsArguments, type AwsArguments } from './aws/arguments.ts';
import { runDestroy } from './aws/destroy.ts';
import { refuse } from './aws/refuse.ts';
import { runExtend, runStatus } from './aws/status.ts';
import { runSweep } from './aws/sweep.ts';
import { runTemplate } from './aws/template.ts';
import { completeEnvironments } from './targets.ts';

type Action = (environments: AwsEnvironments) => Promise<void>;

export const provisionAws = defineMagic({
  name: 'provision',
  action: 'aws',
  kinds: ['line'],
  summary: 'Plans, makes, shows and removes Kafka and Spark on AWS, with what they cost.',
  args: awsArguments,
  examples: [
    '%provision aws --plan --name orders --region eu-west-1 --ttl 8h',
    '%provision aws --plan --name orders --region eu-west-1 --fresh-prices',
    '%provision aws --apply orders',
    '%provision aws --status',
    '%provision aws --extend --name orders --ttl 4h',
    '%provision aws --template orders.json --name orders --kafka msk-serverless',
    '%provision aws --destroy orders',
    '%provision aws --sweep --region eu-west-1'
  ],
  complete: (argument, runtime) =>
    ['apply', 'destroy', 'name'].includes(argument)
      ? completeEnvironments(runtime)
      : Promise.resolve([]),
  async run(args, _body, context) {
    const [action, second] = actionsOf(args, context);
    if (action === undefined || second !== undefined)
      throw refuse(
        'does one thing at a time',
        'Write --plan, --apply NAME, --status, --destroy NAME, --template FILE, --extend or --sweep.'
      );
    if (args.freshPrices && !args.plan && args.apply === undefined)
      throw refuse('has --fresh-prices without a plan', 'It is for --plan and --apply.');
    const { environments } = await context.runtime.targets.aws();
    await action(environments);
  }
});

/** What the flags ask to do. */
function actionsOf(args: AwsArguments, context: CellContext): readonly Action[] {
  const { plan, apply, status, destroy, template, extend, sweep } = args;
  const asked: readonly (Action | null)[] = [
    plan ? environments => runPlan(args, environments, context) : null,
    apply === undefined ? null : environments => runApply(apply, args, environments, context),
    status ? environments => runStatus(args, environments, context) : null,
    destroy === undefined ? null : environments => runDestroy(destroy, args, environments, context),
    template === undefined
      ? null
      : environments => runTemplate(template, args, environments, context),
    extend ? environments => runExtend(args, environments, context) : null,
    sweep ? environments => runSweep(args, environments, context) : null
  ];
  return asked.filter(each => each !== null);
}
