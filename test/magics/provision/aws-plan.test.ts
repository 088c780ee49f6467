import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { EnvironmentPlan, PlannedChange } from '../../../src/runtime/aws/environments-port.ts';
import { formatSpan } from '../../../src/magics/output/format.ts';
import { formatMoney } from '../../../src/magics/provision/aws/amounts.ts';
import { createCellLanguage } from '../../../src/magics/language.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

function change(logicalId: string, given: Partial<PlannedChange>): PlannedChange {
  return {
    action: 'Modify',
    logicalId,
    physicalId: null,
    type: 'AWS::EC2::VPC',
    replacement: 'False',
    usualMs: null,
    ...given
  };
}

describe('%provision aws --plan', () => {
  it('shows stacks, rules, statements and money, and makes nothing', async test => {
    const { cell, notebook, runtime } = await openCells(test, { provisioned: false });
    const { shown, out } = await cell('%provision aws --plan --name orders --ttl 10h');
    assert.equal(shown.length, 1);
    const plain = String(shown[0]?.[0]?.['text/plain']);
    assert.match(plain, /\+ +headrace-orders-kafka +Cluster +AWS::MSK::Cluster +25 min/);
    assert.match(plain, /SparkGroup +KafkaGroup +tcp +9098 +Spark reads topics/);
    assert.match(
      plain,
      /ExecutionRole +Allow +kafka-cluster:Connect +arn:aws:kafka:eu-west-1:…3333:/
    );
    assert.match(plain, /all +\$0\.408 +\$1\.608 +\$4\.08 +\$16\.08/);
    assert.match(plain, /list prices of 2026-11-01 for eu-west-1.*Without traffic between zones/);
    assert.match(plain, /^Map\nAWS eu-west-1.*\n[^]* {4}\+ Kafka: MSK[^]*^Money$/m);
    const html = String(shown[0]?.[0]?.['text/html']);
    assert.match(
      html,
      /<h4>Map<\/h4>\n<div class="mathjax_ignore[^>]*>\n<div style="font-size: 0px">\n<svg [^>]*role="img"/
    );
    assert.match(html, /<h4>Money<\/h4>\n<div class="mathjax_ignore[^>]*>\n<table>/);
    assert.match(html, /<summary><b>Resources: 1 new<\/b><\/summary>\n<div [^>]*>\n<table>/);
    assert.match(plain, /^orders in eu-west-1, account …3333, as arn:aws:iam::…3333:user\/ada/);
    assert.match(out, /Nothing was made\. Make it with: %provision aws --apply orders/);
    assert.doesNotMatch(plain + out, /\b\d{12}\b/);
    assert.deepEqual(notebook.aws.environments.applied, []);
    assert.equal(runtime.targets.planned[0]?.ttlMs, 10 * 3_600_000);
  });

  it('marks what is changed, deleted and replaced, and warns', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    notebook.aws.environments.shape = (plan): EnvironmentPlan => ({
      ...plan,
      warnings: ['The Kafka cluster is replaced, and its topics are lost.'],
      rules: [],
      statements: [],
      stacks: [
        { layer: 'net', name: 'headrace-orders-net', changes: [] },
        {
          layer: 'kafka',
          name: 'headrace-orders-kafka',
          changes: [
            change('Changed', {}),
            change('Gone', { action: 'Remove', replacement: null }),
            change('New', { replacement: 'True' }),
            change('Perhaps', { replacement: 'Conditional' })
          ]
        }
      ]
    });
    const { shown } = await cell('%provision aws --plan --name orders');
    const plain = String(shown[0]?.[0]?.['text/plain']);
    assert.match(plain, /^= +headrace-orders-net +nothing to do/m);
    assert.match(plain, /^~ +headrace-orders-kafka +Changed/m);
    assert.match(plain, /^- +headrace-orders-kafka +Gone/m);
    assert.match(plain, /^replace +headrace-orders-kafka +New/m);
    assert.match(plain, /^replace\? +headrace-orders-kafka +Perhaps/m);
    assert.doesNotMatch(plain, /What roles may do|Connections that are opened/);
    assert.match(plain, /^Warning: The Kafka cluster is replaced/m);
    assert.match(
      String(shown[0]?.[0]?.['text/html']),
      /<p><b>Warning:<\/b> The Kafka cluster is replaced/
    );
  });

  it('reads every flag into what is asked for', async test => {
    const { cell, runtime } = await openCells(test, { provisioned: false });
    await cell(
      '%provision aws --plan --name full --region us-east-1 --vpc vpc-0a --vpc-subnets subnet-0a,subnet-0b --subnets public --kafka msk --kafka-auth scram --spark emr-eks --eks-cluster lake --eks-namespace jobs --size large --ttl 90m --release emr-spark-8.1.0'
    );
    assert.deepEqual(runtime.targets.planned.at(-1), {
      name: 'full',
      region: 'us-east-1',
      vpc: { id: 'vpc-0a', subnets: ['subnet-0a', 'subnet-0b'] },
      subnets: 'public',
      kafka: 'msk',
      kafkaAuth: 'scram',
      spark: 'emr-eks',
      release: 'emr-spark-8.1.0',
      size: 'large',
      ttlMs: 5_400_000,
      publicBrokers: false,
      eks: { cluster: 'lake', namespace: 'jobs' }
    });
    await cell('%provision aws --plan --name open --subnets public --public-brokers');
    assert.equal(runtime.targets.planned.at(-1)?.publicBrokers, true);
    await cell('%provision aws --plan --name small --kafka ec2');
    assert.deepEqual(runtime.targets.planned.at(-1), {
      name: 'small',
      region: 'eu-west-1',
      vpc: 'new',
      subnets: 'private',
      kafka: 'ec2',
      kafkaAuth: 'none',
      spark: 'emr-serverless',
      release: 'emr-7.14.0',
      size: 'dev',
      ttlMs: 8 * 3_600_000,
      publicBrokers: false,
      eks: null
    });
  });

  it('says in one line what is missing or does not go together', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['', /does one thing at a time/],
      ['--plan --status --name a1', /does one thing at a time/],
      ['--plan', /--plan needs --name/],
      ['--plan --name Orders', /--name Orders: it must have 2 to 25 small letters/],
      ['--plan --name a1 --region Ireland', /must be a region such as/],
      ['--plan --name a1 --vpc vpc-1', /needs two subnets at least/],
      ['--plan --name a1 --vpc-subnets subnet-1,subnet-2', /for a new network/],
      ['--plan --name a1 --vpc vpc-1 --vpc-subnets subnet-1,x', /cannot use the subnet x/],
      ['--plan --name a1 --kafka msk-serverless --kafka-auth scram', /It knows iam only/],
      ['--plan --name a1 --kafka ec2 --public-brokers', /It is for msk/],
      ['--plan --name a1 --public-brokers --subnets private', /Write --subnets public/],
      ['--plan --name a1 --spark emr-eks', /needs --eks-cluster/],
      ['--plan --name a1 --eks-cluster lake', /Write --spark emr-eks/],
      ['--plan --name a1 --ttl 1m', /must be a time .* from 15m to 30d/],
      ['--plan --name a1 --release 7', /must be a release such as/],
      ['--plan --name a1 --spark emr', /must be one of emr-serverless, emr-ec2, emr-eks/],
      ['--apply', /needs a value after --apply/],
      ['--template out.yaml --name a1', /must end with \.json/]
    ];
    for (const [flags, line] of wrong)
      await assert.rejects(cell(`%provision aws ${flags}`), failsWith('HR_USAGE', line), flags);
    notebook.aws.environments.region = null;
    await assert.rejects(
      cell('%provision aws --plan --name a1'),
      failsWith('HR_USAGE', /needs --region\. Such as/)
    );
  });

  it('writes the templates of the stacks', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { out } = await cell('%provision aws --template orders.json --name orders');
    assert.match(out, /Wrote orders-net\.json, orders-kafka\.json, orders-spark\.json/);
    const text = await readFile(path.join(notebook.cwd, 'orders-kafka.json'), 'utf8');
    assert.match(text, /"Description": "kafka of orders"/);
    await assert.rejects(
      cell('%provision aws --template no/such/folder.json --name orders'),
      failsWith('HR_FILE', /Cannot write .*folder-net\.json/)
    );
  });

  it('completes flags, values and the names of environments', async test => {
    const { cell, notebook, runtime } = await openCells(test, { provisioned: false });
    await cell('%provision aws --plan --name orders');
    const language = createCellLanguage();
    const matches = async (code: string) =>
      (await language.complete(code, code.length, runtime, notebook.abort.signal)).matches;
    assert.deepEqual(await matches('%provision aws --apply '), ['orders']);
    assert.deepEqual(await matches('%provision aws --destroy '), ['orders']);
    assert.deepEqual(await matches('%provision aws --kafka '), ['msk', 'msk-serverless', 'ec2']);
    assert.deepEqual(await matches('%provision aws --publ'), ['--public-brokers']);
  });
});

describe('amounts', () => {
  it('are as short as they can be told apart', () => {
    assert.deepEqual([0, 0.0456, 0.408, 1.6, 38.592].map(formatMoney), [
      '$0.00',
      '$0.046',
      '$0.408',
      '$1.60',
      '$38.59'
    ]);
    assert.deepEqual([-5, 40_000, 90_000, 3_600_000, 5_400_000, 28_800_000].map(formatSpan), [
      '0 s',
      '40 s',
      '2 min',
      '1 h',
      '1 h 30 min',
      '8 h'
    ]);
  });
});
