import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../src/shared/errors.ts';
import { ensureStep } from '../../src/setup/step.ts';
import type { SetupStep, StepReporter } from '../../src/setup/step.ts';

const never = new AbortController().signal;

function recorder(): StepReporter & { readonly events: string[] } {
  const events: string[] = [];
  return {
    events,
    begin(name) {
      events.push(`begin ${name}`);
      return {
        progress: step => events.push(step.label),
        done: () => events.push('done'),
        failed: error => events.push(`failed ${error.code}`)
      };
    }
  };
}

function step(check: string | null, run: () => Promise<string>): SetupStep<string> {
  return {
    name: 'thing',
    check: () => Promise.resolve(check),
    run: onProgress => {
      onProgress({ label: 'half', fraction: 0.5 });
      return run();
    }
  };
}

describe('ensureStep', () => {
  it('says nothing when the thing is there', async () => {
    const reporter = recorder();
    const found = await ensureStep(
      step('there', () => assert.fail('made again')),
      reporter,
      never
    );
    assert.equal(found, 'there');
    assert.deepEqual(reporter.events, []);
  });

  it('makes and reports what is missing', async () => {
    const reporter = recorder();
    const made = await ensureStep(
      step(null, () => Promise.resolve('made')),
      reporter,
      never
    );
    assert.equal(made, 'made');
    assert.deepEqual(reporter.events, ['begin thing', 'half', 'done']);
  });

  it('reports a failure and passes it on', async () => {
    const reporter = recorder();
    const failing = step(null, () => Promise.reject(new HeadraceError('HR_DISK', 'full')));
    await assert.rejects(ensureStep(failing, reporter, never), { code: 'HR_DISK' });
    assert.equal(reporter.events.at(-1), 'failed HR_DISK');
  });
});
