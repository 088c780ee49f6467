import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testKernel } from '../fakes/kernel.ts';
import { settle } from '../fakes/manual-clock.ts';
import { executeRequest, request } from '../fakes/requests.ts';

describe('execute', () => {
  it('announces busy first, sends all output before the reply, and idle last', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('print hello', 'a'));
    await kernel.settled();
    assert.deepEqual(transport.typesFor('a'), [
      'busy',
      'execute_input',
      'stream',
      'execute_reply',
      'idle'
    ]);
  });

  it('counts stored cells only', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('print 1', 'a'));
    kernel.receive('shell', executeRequest('print 2', 'b', { store_history: false }));
    kernel.receive('shell', executeRequest('print 3', 'c', { silent: true }));
    kernel.receive('shell', executeRequest('print 4', 'd'));
    await kernel.settled();
    const counts = transport.of('execute_reply').map(({ content }) => content.execution_count);
    assert.deepEqual(counts, [1, 1, 1, 2]);
  });

  it('publishes nothing but status for a silent request', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('fail', 'a', { silent: true }));
    await kernel.settled();
    assert.deepEqual(transport.typesFor('a'), ['busy', 'execute_reply', 'idle']);
  });

  it('joins writes to one stream and keeps the order of different outputs', async () => {
    const { kernel, transport } = testKernel({
      ...(await import('../fakes/echo-language.ts')).echoLanguage,
      execute(_, { display }) {
        display.stdout('a');
        display.stdout('b');
        display.stderr('c');
        display.show({ 'text/plain': 'd' });
        display.stdout('e');
        return Promise.resolve();
      }
    });
    kernel.receive('shell', executeRequest('', 'a'));
    await kernel.settled();
    const outputs = transport.sent
      .filter(({ type }) => type === 'stream' || type === 'display_data')
      .map(({ content }) => content.text ?? 'shown');
    assert.deepEqual(outputs, ['ab', 'c', 'shown', 'e']);
  });

  it('updates an output in place under its display id', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('show <b>x</b>', 'a'));
    await kernel.settled();
    const [shown] = transport.of('display_data');
    const [updated] = transport.of('update_display_data');
    assert.deepEqual(updated?.content.transient, shown?.content.transient);
    assert.deepEqual(updated?.content.data, { 'text/plain': 'new' });
  });

  it('returns pages as payload', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('page of help', 'a'));
    await kernel.settled();
    assert.deepEqual(transport.of('execute_reply')[0]?.content.payload, [
      { source: 'page', data: { 'text/plain': 'of help' }, start: 0 }
    ]);
  });

  it('tells the cell whether its client can answer', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('who', 'a'));
    kernel.receive('shell', executeRequest('who', 'b', { allow_stdin: false }));
    await kernel.settled();
    const texts = transport.of('stream').map(({ content }) => content.text);
    assert.deepEqual(texts, ['interactive', 'headless']);
  });

  it('answers a malformed request with an error instead of leaving the client waiting', async () => {
    const { kernel, transport, log } = testKernel();
    kernel.receive('shell', request('execute_request', { code: 7 }, 'a'));
    await kernel.settled();
    assert.equal(transport.of('execute_reply')[0]?.content.status, 'error');
    assert.equal(log.length, 1);
  });
});

describe('errors', () => {
  it('shows a user mistake as one line, without a stack', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('fail', 'a'));
    await kernel.settled();
    const error = {
      ename: 'HR_USAGE',
      evalue: 'It failed (it was told to). Try again.',
      traceback: ['HR_USAGE: It failed (it was told to). Try again.']
    };
    assert.deepEqual(transport.of('error')[0]?.content, error);
    assert.deepEqual(transport.of('execute_reply')[0]?.content, {
      status: 'error',
      execution_count: 1,
      payload: [],
      user_expressions: {},
      ...error
    });
  });

  it('shows the lines of the user code of a foreign error before its message', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('python', 'a'));
    await kernel.settled();
    assert.deepEqual(transport.of('error')[0]?.content, {
      ename: 'NameError',
      evalue: 'name x is not defined',
      traceback: ['File "<cell>", line 1', 'NameError: name x is not defined']
    });
  });

  it('aborts the cells that wait when one fails, and runs those that come later', async () => {
    const { kernel, transport } = testKernel();
    for (const [code, id] of [
      ['fail', 'a'],
      ['print 1', 'b'],
      ['print 2', 'c']
    ] as const)
      kernel.receive('shell', executeRequest(code, id));
    await kernel.settled();
    kernel.receive('shell', executeRequest('print 3', 'd'));
    await kernel.settled();
    const statuses = transport.of('execute_reply').map(({ content }) => content.status);
    assert.deepEqual(statuses, ['error', 'aborted', 'aborted', 'ok']);
    assert.deepEqual(transport.typesFor('b'), ['busy', 'execute_reply', 'idle']);
  });

  it('runs the cells that wait when the client asked not to stop on errors', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('fail', 'a', { stop_on_error: false }));
    kernel.receive('shell', executeRequest('print 1', 'b'));
    await kernel.settled();
    const statuses = transport.of('execute_reply').map(({ content }) => content.status);
    assert.deepEqual(statuses, ['error', 'ok']);
  });
});

describe('interrupt', () => {
  it('ends the running cell with an error, aborts the next, and leaves the kernel usable', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', executeRequest('wait 60000', 'a'));
    kernel.receive('shell', executeRequest('print never', 'b'));
    await settle();
    kernel.receive('control', request('interrupt_request', {}));
    await kernel.settled();
    kernel.receive('shell', executeRequest('print again', 'c'));
    await kernel.settled();
    const replies = transport
      .of('execute_reply')
      .map(({ content }) => content.ename ?? content.status);
    assert.deepEqual(replies, ['HR_INTERRUPTED', 'aborted', 'ok']);
    assert.equal(transport.of('interrupt_reply')[0]?.channel, 'control');
  });

  it('does nothing between cells', async () => {
    const { kernel, transport } = testKernel();
    kernel.interrupt();
    kernel.receive('shell', executeRequest('print 1', 'a'));
    await kernel.settled();
    assert.equal(transport.of('execute_reply')[0]?.content.status, 'ok');
  });
});

describe('requests beside a running cell', () => {
  it('are answered at once, and the cell is announced as busy again', async () => {
    const { kernel, transport, clock } = testKernel();
    kernel.receive('shell', executeRequest('wait 60000', 'a'));
    await settle();
    kernel.receive('shell', request('complete_request', { code: 'pri', cursor_pos: 3 }, 'b'));
    await settle();
    const states = transport
      .of('status')
      .map(({ content, parentId }) => `${String(parentId)} ${String(content.execution_state)}`);
    assert.deepEqual(states, ['a busy', 'b busy', 'b idle', 'a busy']);
    await clock.advance(60_000);
    await kernel.settled();
    assert.deepEqual(transport.typesFor('a').slice(-2), ['execute_reply', 'idle']);
  });

  it('converts cursor positions between code points and UTF-16', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', request('complete_request', { code: '😀 pri', cursor_pos: 5 }));
    await kernel.settled();
    const { matches, cursor_start, cursor_end } = transport.of('complete_reply')[0]?.content ?? {};
    assert.deepEqual([matches, cursor_start, cursor_end], [['print'], 2, 5]);
  });
});

describe('other requests', () => {
  it('answers kernel_info on the channel where it was asked', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('control', request('kernel_info_request', {}));
    await kernel.settled();
    const [reply] = transport.of('kernel_info_reply');
    assert.equal(reply?.channel, 'control');
    assert.equal((reply.content.language_info as { name: string }).name, 'python');
  });

  it('gives back earlier cells by tail, range and search', async () => {
    const { kernel, transport } = testKernel();
    for (const code of ['value 1', 'print 2', 'value 1'])
      kernel.receive('shell', executeRequest(code, code));
    await kernel.settled();
    const ask = async (content: Record<string, unknown>) => {
      kernel.receive('shell', request('history_request', { output: false, raw: true, ...content }));
      await kernel.settled();
      return transport.of('history_reply').at(-1)?.content.history;
    };
    assert.deepEqual(await ask({ hist_access_type: 'tail', n: 2 }), [
      [1, 2, 'print 2'],
      [1, 3, 'value 1']
    ]);
    assert.deepEqual(
      await ask({ hist_access_type: 'range', session: 1, start: 1, stop: 2, output: true }),
      [[1, 1, ['value 1', '1']]]
    );
    assert.deepEqual(
      await ask({ hist_access_type: 'search', pattern: 'val*', n: 5, unique: true }),
      [[1, 3, 'value 1']]
    );
  });

  it('answers an unknown request with an error', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive('shell', request('debug_request', {}));
    await kernel.settled();
    assert.equal(transport.of('debug_reply')[0]?.content.status, 'error');
  });

  it('replies to a shutdown before it ends', async () => {
    const test = testKernel();
    const { kernel, transport } = test;
    kernel.receive('control', request('shutdown_request', { restart: true }));
    await kernel.settled();
    assert.deepEqual(transport.of('shutdown_reply')[0]?.content, { status: 'ok', restart: true });
    assert.equal(test.shutdowns(), 1);
  });
});

describe('comms', () => {
  it('closes a comm for a target that does not exist', async () => {
    const { kernel, transport } = testKernel();
    kernel.receive(
      'shell',
      request('comm_open', { comm_id: 'x', target_name: 'nothing', data: {} })
    );
    await kernel.settled();
    assert.equal(transport.of('comm_close')[0]?.content.comm_id, 'x');
  });

  it('hands messages over, lists what is open, and answers messages with idle only', async () => {
    const { kernel, transport, comms } = testKernel();
    const heard: unknown[] = [];
    comms.register('echo', comm => ({
      message: data => {
        heard.push(data);
        comm.send({ got: data });
      },
      closed: () => heard.push('closed')
    }));
    kernel.receive('shell', request('comm_open', { comm_id: 'x', target_name: 'echo', data: {} }));
    kernel.receive('shell', request('comm_msg', { comm_id: 'x', data: 1 }, 'm'));
    kernel.receive('shell', request('comm_info_request', { target_name: 'echo' }));
    kernel.receive('shell', request('comm_close', { comm_id: 'x', data: {} }));
    await kernel.settled();
    assert.deepEqual(heard, [1, 'closed']);
    assert.deepEqual(transport.of('comm_info_reply')[0]?.content.comms, {
      x: { target_name: 'echo' }
    });
    assert.deepEqual(transport.typesFor('m'), ['idle']);
    assert.deepEqual(transport.of('comm_msg')[0]?.content, { comm_id: 'x', data: { got: 1 } });
  });
});
