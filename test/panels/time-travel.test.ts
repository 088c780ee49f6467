import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TimeTravel } from '../../src/panels/time-travel.ts';
import type { PastFrame } from '../../src/panels/view-source.ts';
import { frameOf } from './views.ts';

interface Question {
  readonly at: number;
  readonly answer: (past: PastFrame | null) => void;
  readonly fail: () => void;
}

function setUp(): { travel: TimeTravel; questions: Question[] } {
  const questions: Question[] = [];
  const travel = new TimeTravel({
    look: at =>
      new Promise((resolve, reject) =>
        questions.push({ at, answer: resolve, fail: () => reject(new Error('late')) })
      ),
    onChange: () => undefined
  });
  return { travel, questions };
}

function pastAt(at: number): PastFrame {
  return { at, frame: frameOf({ rows: at }) };
}

async function settle(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve));
}

describe('time travel', () => {
  it('asks one question at a time, and the newest wish next', async () => {
    const { travel, questions } = setUp();
    for (const at of [1, 2, 3]) travel.seek(at);
    assert.deepEqual(
      questions.map(({ at }) => at),
      [1]
    );
    questions[0]?.answer(pastAt(1));
    await settle();
    assert.deepEqual(
      questions.map(({ at }) => at),
      [1, 3]
    );
    assert.equal(travel.shown?.at, 1);
    questions[1]?.answer(pastAt(3));
    await settle();
    assert.equal(travel.shown.at, 3);
  });

  it('does not show an answer that comes after the way back', async () => {
    const { travel, questions } = setUp();
    travel.seek(1);
    travel.leave();
    questions[0]?.answer(pastAt(1));
    await settle();
    assert.deepEqual([travel.at, travel.shown], [null, null]);
  });

  it('keeps the last state and says what is wrong', async () => {
    const { travel, questions } = setUp();
    travel.seek(5);
    questions[0]?.answer(pastAt(5));
    await settle();
    travel.seek(1);
    questions[1]?.answer(null);
    await settle();
    assert.deepEqual([travel.shown?.at, travel.trouble], [5, 'none-kept']);
    travel.seek(2);
    questions[2]?.fail();
    await settle();
    assert.equal(travel.trouble, 'no-answer');
    travel.seek(6);
    questions[3]?.answer(pastAt(6));
    await settle();
    assert.equal(travel.trouble, null);
  });
});
