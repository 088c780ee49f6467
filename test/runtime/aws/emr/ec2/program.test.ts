import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { describe, it } from 'node:test';
import { startProgram } from '../../../../../src/runtime/aws/emr/ec2/program.ts';
import { failsWith } from '../../../../fakes/errors.ts';

describe('a program', () => {
  it('tells its lines and its end', async () => {
    const lines: string[] = [];
    const script = 'console.log(process.env.GIVEN); console.error("two"); process.exitCode = 3;';
    const program = await startProgram(process.execPath, ['-e', script], {
      env: { GIVEN: 'one' },
      onLine: line => lines.push(line)
    });
    assert.equal(await program?.ended, 3);
    assert.deepEqual(lines.toSorted(), ['one', 'two']);
  });

  it('is stopped', async () => {
    let begun: () => void = () => undefined;
    const running = new Promise<void>(resolve => (begun = resolve));
    const script = 'console.log("begun"); setInterval(() => {}, 1000);';
    const program = await startProgram(process.execPath, ['-e', script], { onLine: () => begun() });
    await running;
    await program?.stop();
    assert.equal(await program?.ended, null);
  });

  it('that is not there is null, and one that cannot be started an error', async () => {
    const start = (file: string) => startProgram(file, [], { onLine: () => undefined });
    assert.equal(await start('headrace-no-such-program'), null);
    await assert.rejects(start(tmpdir()), failsWith('HR_PROCESS', /Cannot start/));
  });
});
