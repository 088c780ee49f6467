import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stackSettings } from '../../src/local/settings.ts';

describe('stackSettings', () => {
  it('has ten minutes, any port and two minutes for orphans by default', () => {
    const defaults = { idleMs: 600_000, kafkaPort: undefined, orphanSeconds: 120 };
    assert.deepEqual(stackSettings({}), defaults);
    assert.deepEqual(stackSettings({ HEADRACE_KAFKA_PORT: '' }), stackSettings({}));
  });

  it('takes what the user sets', () => {
    const settings = stackSettings({
      HEADRACE_KAFKA_PORT: '9092',
      HEADRACE_IDLE_SECONDS: '5',
      HEADRACE_ORPHAN_SECONDS: '7'
    });
    assert.deepEqual(settings, { idleMs: 5_000, kafkaPort: 9092, orphanSeconds: 7 });
  });

  for (const value of ['0', '-1', '65536', '1.5', 'kafka']) {
    it(`refuses the port ${value} by name`, () => {
      assert.throws(() => stackSettings({ HEADRACE_KAFKA_PORT: value }), {
        code: 'HR_USAGE',
        message: `HEADRACE_KAFKA_PORT=${value} cannot be used`
      });
    });
  }
});
