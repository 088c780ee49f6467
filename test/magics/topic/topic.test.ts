import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

describe('%topic', () => {
  it('creates a topic once and says so the second time', async test => {
    const { cell, notebook } = await openCells(test);
    const create = '%topic create words --partitions 2 --config retention.ms=60000';
    assert.match((await cell(create)).out, /^Created topic words with 2 partitions\.\n$/);
    assert.match((await cell(create)).out, /already there \(2 partitions\)/);
    assert.deepEqual(notebook.kafka.topics.get('words')?.spec, {
      name: 'words',
      partitions: 2,
      config: { 'retention.ms': '60000' }
    });
  });

  it('refuses to take a topic with other settings for the same', async test => {
    const { cell } = await openCells(test);
    await cell('%topic create words --config retention.ms=1');
    await assert.rejects(
      cell('%topic create words --partitions 3 --config retention.ms=2'),
      failsWith('HR_TOPIC_EXISTS', /it has 1 partition, not 3; retention\.ms is 1, not 2/)
    );
  });

  it('lists topics, internal ones only when asked', async test => {
    const { cell, notebook } = await openCells(test);
    assert.match((await cell('%topic list')).out, /no topics/);
    await cell('%topic create words');
    await notebook.kafka.admin.createTopics([{ name: '_headrace.a.b.results', partitions: 1 }]);
    await cell('%%produce --topic words\na\nb');
    const listed = (await cell('%topic list')).text;
    assert.match(listed, /words +1 +2/);
    assert.doesNotMatch(listed, /_headrace/);
    assert.match((await cell('%topic list --internal')).text, /_headrace\.a\.b\.results/);
  });

  it('describes and peeks with every value escaped', async test => {
    const { cell } = await openCells(test);
    await cell('%topic create words');
    await cell('%%produce --topic words --key-separator :\nk:<script>alert(1)</script>');
    assert.match((await cell('%topic describe words')).text, /0 +1 +1 +1 +0 +1/);
    const [states] = (await cell('%topic peek words --count 5')).shown;
    assert.match(String(states?.[0]?.['text/plain']), /0 +0 .* k +<script>/);
    const html = String(states?.[0]?.['text/html']);
    assert.ok(html.includes('&lt;script&gt;') && !html.includes('<script>'), html);
  });

  it('deletes without asking, and names the nearest topic for a wrong one', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%topic create words');
    await assert.rejects(
      cell('%topic delete word'),
      failsWith('HR_TOPIC_NOT_FOUND', /no topic named word\. Did you mean words\?/)
    );
    assert.match((await cell('%topic delete words')).out, /^Deleted words\.\n$/);
    assert.equal(notebook.kafka.topics.size, 0);
  });

  const mistakes: readonly [line: string, message: RegExp][] = [
    ['%topic create', /needs NAME/],
    ['%topic create "a b"', /cannot use NAME a b: it may have letters, digits/],
    ['%topic create _headrace.x', /begins like the internal topics/],
    ['%topic create x --partitions 0', /must be above 0/],
    ['%topic create x --config retention', /cannot use --config retention: it must be KEY=VALUE/],
    ['%topic peek x --count 100000', /must be at most 1,000/]
  ];
  for (const [line, message] of mistakes)
    it(`refuses ${line}`, async test => {
      const { cell } = await openCells(test);
      await assert.rejects(cell(line), failsWith('HR_USAGE', message));
    });
});
