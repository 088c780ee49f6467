import path from 'node:path';
import { systemClock } from '../../runtime/clock.ts';
import { startLab } from '../start/lab-server.ts';
import { copyExamples } from '../start/working-copy.ts';
import type { GroupContext, TestGroup } from './group.ts';
import { runCheck, runNodeTests, runPytest, testFiles } from './programs.ts';
import { addTallies, type Tally } from './tally.ts';
import { stopStack, withTestStack } from './test-stack.ts';

/** Endings of test files that need more than Node; every other `*.test.ts` is a unit test. */
const STACK_SUFFIX = '.stack.test.ts';
const NOTEBOOK_SUFFIX = '.notebook.test.ts';
const AWS_SUFFIX = '.aws.test.ts';

const checks: TestGroup = {
  name: 'checks',
  summary: 'types, lint, format, unused code',
  async run(context) {
    const env = await context.sandbox.environment('none');
    const node = (script: string, ...args: string[]) =>
      runCheck(context, process.execPath, [path.join('node_modules', script), ...args], env);
    const ruff = (...args: string[]) =>
      runCheck(context, context.installation.environment.python, ['-m', 'ruff', ...args], env);
    return addTallies([
      await node('typescript/bin/tsc', '-p', 'tsconfig.json'),
      await node('typescript/bin/tsc', '-p', 'tsconfig.browser.json', '--noEmit'),
      await node('typescript/bin/tsc', '-p', 'bench/page'),
      await node('eslint/bin/eslint.js', '.'),
      await node('prettier/bin/prettier.cjs', '--check', '.'),
      await node('knip/bin/knip.js'),
      await ruff('check', '--no-cache', '.'),
      await ruff('format', '--check', '--no-cache', '.')
    ]);
  }
};

const unit: TestGroup = {
  name: 'unit',
  summary: 'parts of TypeScript on their own',
  async run(context) {
    const all = await testFiles(context, 'test', '.test.ts');
    const others = [STACK_SUFFIX, NOTEBOOK_SUFFIX, AWS_SUFFIX];
    const files = all.filter(name => !others.some(suffix => name.endsWith(suffix)));
    return runNodeTests(context, files, await context.sandbox.environment('none'), 2);
  }
};

const python: TestGroup = {
  name: 'python',
  summary: 'parts of Python on their own',
  run: async context =>
    runPytest(context, ['spark-jobs/tests'], await context.sandbox.environment('none'))
};

const aws: TestGroup = {
  name: 'aws',
  summary: 'every template through cfn-lint, and what moto can make of it through the engine',
  async run(context) {
    const env = await context.sandbox.environment('aws');
    const files = await testFiles(context, 'test/aws', AWS_SUFFIX);
    const variables = { ...env, HEADRACE_TEST_PYTHON: context.installation.environment.python };
    return runNodeTests(context, files, variables, 2);
  }
};

const stack: TestGroup = {
  name: 'stack',
  summary: 'real Kafka and real Spark behind their ports',
  async run(context) {
    const env = await context.sandbox.environment('stack');
    const files = await testFiles(context, 'test/stack', STACK_SUFFIX);
    return withTestStack(context, env, endpoints =>
      runNodeTests(context, files, { ...env, HEADRACE_TEST_STACK: endpoints }, 1)
    );
  }
};

const clients: TestGroup = {
  name: 'clients',
  summary: 'a public Livy client that knows nothing of Headrace',
  async run(context) {
    const env = await context.sandbox.environment('clients');
    return withTestStack(context, env, endpoints =>
      runPytest(context, ['test/clients'], { ...env, HEADRACE_TEST_STACK: endpoints })
    );
  }
};

const kernel: TestGroup = {
  name: 'kernel',
  summary: 'conformance to the Jupyter protocol',
  async run(context) {
    const env = await context.sandbox.environment('kernel');
    return withTestStack(context, env, () =>
      runPytest(context, ['test/kernel/test_conformance.py'], env)
    );
  }
};

const notebooks: TestGroup = {
  name: 'notebooks',
  summary: 'the examples without a browser, against counts made without Spark',
  async run(context) {
    const env = await context.sandbox.environment('notebooks');
    const files = await testFiles(context, 'test/notebooks', NOTEBOOK_SUFFIX);
    const variables = { ...env, HEADRACE_TEST_PYTHON: context.installation.environment.python };
    try {
      return await runNodeTests(context, files, variables, 1);
    } finally {
      await stopStack(context, env);
    }
  }
};

const ui: TestGroup = {
  name: 'ui',
  summary: 'live views and panels in JupyterLab and Notebook 7 in a real Chromium',
  needsChromium: true,
  run: async context =>
    withLab(context, async env =>
      runNodeTests(context, await testFiles(context, 'ui-tests', '.spec.ts'), env, 1)
    )
};

const screenshots: TestGroup = {
  name: 'screenshots',
  summary: 'takes the pictures of the docs anew',
  needsChromium: true,
  onRequest: true,
  run: context =>
    withLab(context, env =>
      runCheck(context, process.execPath, ['--import', 'tsx', 'ui-tests/screenshots.ts'], env)
    )
};

/** Runs something with a JupyterLab on a stack of its own; the streams that it starts end with that. */
async function withLab(
  context: GroupContext,
  run: (env: NodeJS.ProcessEnv) => Promise<Tally>
): Promise<Tally> {
  const env = await context.sandbox.environment('ui');
  const root = await context.sandbox.folder('notebooks');
  await copyExamples(context.project, root);
  const { python } = context.installation.environment;
  const logFile = path.join(context.sandbox.logs, 'jupyterlab.log');
  const lab = await startLab(
    { python, env, root, notebook: null, openBrowser: false, logFile, clock: systemClock },
    context.signal
  );
  try {
    const { url, token } = lab;
    return await run({
      ...env,
      // Chromium keeps files of its own in a home folder whatever it is told.
      HOME: await context.sandbox.folder('browser-home'),
      HEADRACE_TEST_LAB: JSON.stringify({ url, token, root }),
      HEADRACE_TEST_CHROMIUM: context.chromium ?? '',
      HEADRACE_TEST_PYTHON: python
    });
  } finally {
    await lab.stop();
    await stopStack(context, env);
  }
}

/** Groups of one lane run one after the other, lanes side by side. */
export const LANES: readonly (readonly TestGroup[])[] = [
  [checks, unit, python, aws],
  [stack, clients, kernel, notebooks, ui, screenshots]
];
