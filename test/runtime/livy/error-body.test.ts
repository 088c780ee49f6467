import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorText } from '../../../src/runtime/livy/error-body.ts';

describe('the text of an error body', () => {
  for (const [shape, body, text] of [
    ['an object of Livy', '{"msg":"Session \'9\' not found."}', "Session '9' not found."],
    ['an object of a gateway in front', '{"message":"Forbidden"}', 'Forbidden'],
    ['an object without a text', '{"code":1}', '{"code":1}'],
    ['a bare string', '"Statement not found"', 'Statement not found'],
    [
      'a bare string with a Java stack',
      '"java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: ' +
        'java.lang.IllegalArgumentException: Invalid kind: cobol\\n\\tat a.B(B.scala:1)\\n\\tat c.D"',
      'java.lang.IllegalArgumentException: Invalid kind: cobol'
    ],
    ['plain text', 'upstream timed out', 'upstream timed out'],
    [
      'a page',
      '<html>\n<head>\n<title>Error 400 Missing Required Header for CSRF protection.</title></head></html>',
      'Error 400 Missing Required Header for CSRF protection.'
    ],
    ['a page without a title', '<!DOCTYPE html><p>Bad\n gateway</p>', 'Bad gateway'],
    ['nothing', '', 'status 503 without an explanation'],
    ['a JSON null', 'null', 'null']
  ] as const)
    it(`is found in ${shape}`, () => assert.equal(errorText(503, body).trim(), text));

  it('is short', () => assert.equal(errorText(500, 'x'.repeat(10_000)).length, 600));
});
