import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stepReporter } from '../../src/setup/report.ts';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 60, write: (text: string) => written.push(text), written };
}

function clockAt(times: { now: number }) {
  return { now: () => times.now, sleep: () => Promise.resolve() };
}

describe('stepReporter', () => {
  it('draws a bar that replaces itself and fits the terminal', () => {
    const out = terminal(true);
    const time = { now: 0 };
    const course = stepReporter(out, clockAt(time)).begin('Jars');
    course.progress({ label: '23 of 46', fraction: 0.5 });
    course.progress({ label: 'x'.repeat(200), fraction: 1 });
    time.now = 2_500;
    course.done();
    assert.ok(out.written[1]?.includes(`${'█'.repeat(12)}${'░'.repeat(12)} 23 of 46`));
    assert.ok(out.written.every(text => text.replace('\r\u001b[2K', '').length <= 60));
    assert.equal(out.written.at(-1), '\r\u001b[2K✓ Jars (2.5 s)\n');
  });

  it('writes few plain lines where there is no terminal', () => {
    const out = terminal(false);
    const time = { now: 0 };
    const course = stepReporter(out, clockAt(time)).begin('Jars');
    for (time.now = 0; time.now < 11_000; time.now += 100)
      course.progress({ label: 'jar', fraction: time.now / 11_000 });
    course.done();
    assert.deepEqual(out.written, [
      '… Jars\n',
      '  Jars: 45 % jar\n',
      '  Jars: 90 % jar\n',
      '✓ Jars (11.0 s)\n'
    ]);
  });
});
