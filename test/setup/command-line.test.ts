import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadraceError } from '../../src/shared/errors.ts';
import { BENCH_SECTIONS, benchHelp } from '../../src/setup/bench-sections.ts';
import { parseCommand } from '../../src/setup/command-line.ts';

function refusal(...args: string[]): string {
  try {
    parseCommand(args);
  } catch (error) {
    assert.ok(error instanceof HeadraceError && error.code === 'HR_USAGE');
    return error.line;
  }
  assert.fail(`${args.join(' ')} was accepted`);
}

describe('parseCommand', () => {
  it('opens a browser unless told otherwise', () => {
    assert.deepEqual(parseCommand(['start']), { name: 'start', headless: false, browser: true });
    assert.deepEqual(parseCommand(['start', '--no-browser']), {
      name: 'start',
      headless: false,
      browser: false
    });
  });

  it('takes groups of tests as words', () => {
    assert.deepEqual(parseCommand(['test', 'unit', 'ui']), {
      name: 'test',
      groups: ['unit', 'ui']
    });
  });

  it('has the size of the benchmark as its default', () => {
    const command = parseCommand(['bench']);
    assert.ok(command.name === 'bench');
    assert.deepEqual([command.seconds, command.rate], [60, 1_000]);
    assert.deepEqual(command.sections, Object.keys(BENCH_SECTIONS));
  });

  it('runs the sections of the benchmark that are named, in their own order', () => {
    assert.deepEqual(parseCommand(['bench', 'lab', 'panels', '--seconds', '5', '--rate=200']), {
      name: 'bench',
      sections: ['panels', 'lab'],
      seconds: 5,
      rate: 200
    });
    assert.match(
      refusal('bench', 'panel'),
      /no section panel .* Sections are panels, kernel, sessions/
    );
  });

  it('tells of the benchmark without running it', () => {
    assert.deepEqual(parseCommand(['bench', '--help']), { name: 'bench-help' });
    assert.match(benchHelp().join('\n'), /^ {2}lab +a live view in JupyterLab/m);
  });

  it('names the nearest flag', () => {
    assert.equal(
      refusal('start', '--headles'),
      'There is no flag --headles of start. Did you mean --headless?'
    );
  });

  it('refuses words and numbers that mean nothing', () => {
    assert.match(refusal('start', 'notebook'), /notebook is not understood/);
    assert.match(refusal('bench', '--rate', '0'), /--rate must be a number above 0, not 0/);
    assert.match(refusal('bench', '--seconds', 'long'), /not long/);
    assert.match(refusal('strat'), /There is no command strat/);
    assert.match(refusal(), /Commands are start, test, bench/);
  });
});
