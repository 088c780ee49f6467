import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { failureSchema } from '../../../src/runtime/session/python-answer.ts';
import { beatSchema, descriptorSchema } from '../../../src/runtime/streams/messages.ts';
import { streamSpecSchema } from '../../../src/runtime/streams/spec.ts';
import { startStream, stopStream } from '../../../src/runtime/streams/statements.ts';
import type { StatementOutput } from '../../../src/runtime/livy/port.ts';
import { ok, ScriptedSession } from '../../fakes/scripted-session.ts';

/** The messages that the Python side reads and writes; its own tests hold it to the same file. */
const messagesSchema = z.object({
  request: z.object({
    spec: streamSpecSchema,
    brokers: z.array(z.string()),
    topics: z.object({ results: z.string(), progress: z.string(), dead: z.string() }),
    checkpoint: z.string(),
    resume: z.boolean(),
    session: z.string()
  }),
  descriptor: descriptorSchema.strict(),
  beat: beatSchema.strict(),
  failure: failureSchema.strict()
});
const file = new URL('../../../spark-jobs/tests/stream_messages.json', import.meta.url);
const messages = messagesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
const { signal } = new AbortController();

function answering(text: string): ScriptedSession {
  const session = new ScriptedSession();
  session.answer = () => Promise.resolve(ok({ 'text/plain': text }));
  return session;
}

describe('a start by statement', () => {
  it('sends the request as a Python literal and reads the answer', async () => {
    const session = answering(JSON.stringify({ ok: messages.descriptor }));
    const text = `SELECT 'it''s "\\n" é' -- '''`;
    const spec = { ...messages.request.spec, query: { kind: 'sql' as const, text } };
    assert.deepEqual(
      await startStream(session, { ...messages.request, spec }, signal),
      messages.descriptor
    );
    const [statement] = session.statements;
    assert.equal(statement?.kind, 'pyspark');
    const call = /^import headrace_streams\nheadrace_streams\.start\((".*")\)$/;
    const [, literal = ''] = call.exec(statement.code) ?? [];
    const sent: unknown = JSON.parse(String(JSON.parse(literal)));
    assert.deepEqual(sent, { ...messages.request, spec });
  });

  it('finds the answer among what else is printed', async () => {
    const answer = JSON.stringify({ ok: messages.descriptor });
    const session = answering(`a warning\n${answer}\nlater words`);
    assert.equal((await startStream(session, messages.request, signal)).run, '5f0c');
  });

  it('rejects with the failure that Python tells', async () => {
    const session = answering(JSON.stringify({ error: messages.failure }));
    await assert.rejects(startStream(session, messages.request, signal), {
      code: 'HR_SQL',
      line: 'The table or view `x` cannot be found (it was not created). Create it.'
    });
  });

  it('rejects in one line when the code itself fails or says nothing', async () => {
    const session = answering('');
    const failed = /The stream code of the Spark session failed/;
    await assert.rejects(startStream(session, messages.request, signal), failed);
    session.answer = () =>
      Promise.resolve({
        status: 'error',
        executionCount: 0,
        ename: 'ModuleNotFoundError',
        evalue: 'No module named headrace_streams',
        traceback: ['Traceback']
      });
    await assert.rejects(startStream(session, messages.request, signal), {
      code: 'HR_INTERNAL',
      why: 'ModuleNotFoundError: No module named headrace_streams'
    });
  });
});

/** What a session says that never heard of the module. */
const unknownModule: StatementOutput = {
  status: 'error',
  executionCount: 0,
  ename: 'ModuleNotFoundError',
  evalue: "No module named 'headrace_streams'",
  traceback: ['Traceback']
};

describe('a session that has not the code of streams', () => {
  /** Answers the calls after the module was brought as `then` does. */
  function without(then: () => StatementOutput): ScriptedSession {
    const session = new ScriptedSession();
    let brought = false;
    session.answer = code => {
      if (code === 'bring it') brought = true;
      return Promise.resolve(brought ? then() : unknownModule);
    };
    return session;
  }
  const bring = () => Promise.resolve('bring it');
  const codesOf = ({ statements }: ScriptedSession) => statements.map(({ code }) => code);

  it('is brought it once, and then asked again', async () => {
    const answer = ok({ 'text/plain': JSON.stringify({ ok: messages.descriptor }) });
    const session = without(() => answer);
    assert.equal((await startStream(session, messages.request, signal, bring)).run, '5f0c');
    assert.equal((await startStream(session, messages.request, signal, bring)).run, '5f0c');
    const [first, second, third, ...rest] = codesOf(session);
    assert.deepEqual([second, third, ...rest], ['bring it', first, first]);
  });

  it('is brought it for a stop as well', async () => {
    const session = without(() => ok({ 'text/plain': '{"ok": {"stopped": false}}' }));
    assert.equal(await stopStream(session, 'counts', false, signal, bring), false);
    assert.equal(codesOf(session)[1], 'bring it');
  });

  it('is not asked a third time where that did not help', async () => {
    const session = without(() => unknownModule);
    await assert.rejects(startStream(session, messages.request, signal, bring), {
      code: 'HR_INTERNAL',
      why: "ModuleNotFoundError: No module named 'headrace_streams'"
    });
    assert.equal(session.statements.length, 2);
  });

  it('is told apart from a module that the code itself lacks', async () => {
    const session = new ScriptedSession();
    session.answer = () =>
      Promise.resolve({ ...unknownModule, evalue: "No module named 'pyspark'" });
    await assert.rejects(startStream(session, messages.request, signal, bring), {
      code: 'HR_INTERNAL'
    });
    assert.equal(session.statements.length, 1);
  });
});

describe('a stop by statement', () => {
  it('says whether the stream ran, and what is to be forgotten', async () => {
    const session = answering('{"ok": {"stopped": false}}');
    assert.equal(await stopStream(session, 'counts', true, signal), false);
    assert.match(session.statements[0]?.code ?? '', /headrace_streams\.stop\("counts", True\)$/);
  });
});
