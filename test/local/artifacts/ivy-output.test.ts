import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  fetchedArtifact,
  foundModule,
  ivyFailure
} from '../../../src/local/artifacts/ivy-output.ts';

const NOT_FOUND = [
  '\t\tmodule not found: org.no#such_2.13;1',
  '\t\t::          UNRESOLVED DEPENDENCIES         ::',
  '\t\t:: org.no#such_2.13;1: not found',
  ':::: ERRORS',
  ':: USE VERBOSE OR DEBUG MESSAGE LEVEL FOR MORE DETAILS'
];

describe('lines of Ivy', () => {
  it('tell of each jar that was fetched, bundles included', () => {
    const jar = '\t[SUCCESSFUL ] org.apache.kafka#kafka_2.13;4.1.0!kafka_2.13.jar (120ms)';
    const bundle = '\t[SUCCESSFUL ] org.slf4j#x;1.7!scala-logging_2.13.jar(bundle) (89ms)';
    assert.equal(fetchedArtifact(jar), 'kafka_2.13.jar');
    assert.equal(fetchedArtifact(bundle), 'scala-logging_2.13.jar');
    assert.equal(fetchedArtifact('downloading https://x/y.jar ...'), null);
  });

  it('tell of each module that was found', () => {
    const line = '\tfound org.lz4#lz4-java;1.8.0 in public';
    assert.equal(foundModule(line), 'org.lz4:lz4-java:1.8.0');
    assert.equal(foundModule('\tconfs: [default]'), null);
  });
});

describe('ivyFailure', () => {
  it('names the coordinate that no repository has', () => {
    const error = ivyFailure(NOT_FOUND);
    assert.equal(error.code, 'HR_DOWNLOAD');
    assert.match(error.message, /No repository has org\.no:such_2\.13:1$/);
  });

  it('tells a refused connection from a missing jar', () => {
    const line =
      '\tHttpClientHandler: Connect to 127.0.0.1:1 [/127.0.0.1] failed: Connection refused url=http://127.0.0.1:1/maven2/org/no/such.pom';
    const error = ivyFailure([...NOT_FOUND, line]);
    assert.equal(error.code, 'HR_DOWNLOAD');
    assert.match(error.message, /^Cannot download org\.no:such_2\.13:1/);
    assert.match(error.why ?? '', /Connection refused/);
    assert.match(error.next ?? '', /HEADRACE_IVY_SETTINGS/);
  });

  it('names the host that answered with an error', () => {
    const line = '\tSERVER ERROR: Service Unavailable url=http://mirror.example:81/maven2/a.pom';
    assert.equal(ivyFailure([line]).why, 'mirror.example:81: Service Unavailable');
  });

  it('names the host that is not known', () => {
    const line =
      '\tHttpClientHandler: no-such-host.invalid: Name or service not known url=https://no-such-host.invalid/a.pom';
    assert.match(
      ivyFailure([line]).why ?? '',
      /^no-such-host\.invalid: Name or service not known$/
    );
  });

  it('gives the last line where it knows nothing else', () => {
    assert.equal(
      ivyFailure(['ivy file not found: ivy.xml', '']).why,
      'ivy file not found: ivy.xml'
    );
  });
});
