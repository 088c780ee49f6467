import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ivyModule, parseCoordinate } from '../../../src/local/artifacts/ivy-module.ts';

describe('ivyModule', () => {
  it('asks for each coordinate and leaves out what is named', () => {
    const text = ivyModule(['g:a_2.13:1.0', 'h:b:2'], {
      transitive: true,
      without: ['scala-library']
    });
    assert.match(text, /<dependency org="g" name="a_2.13" rev="1.0" transitive="true"/);
    assert.match(text, /<dependency org="h" name="b" rev="2" transitive="true"/);
    assert.match(text, /<exclude org="\*" module="scala-library"\/>/);
  });

  it('takes only what is asked for where dependencies are not wanted', () => {
    assert.match(ivyModule(['g:a:1'], { transitive: false }), /transitive="false"/);
  });
});

describe('parseCoordinate', () => {
  it('splits group, artifact and version', () => {
    assert.deepEqual(parseCoordinate('org.x:y_2.13:4.0.1'), {
      group: 'org.x',
      artifact: 'y_2.13',
      version: '4.0.1'
    });
  });

  for (const text of ['', 'a', 'a:b', 'a:b:c:d', 'a b:c:d', 'a:"/>:c', 'a:b:']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => parseCoordinate(text), { code: 'HR_USAGE' });
    });
  }
});
