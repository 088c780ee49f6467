import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { createCellLanguage } from '../../../src/magics/language.ts';
import { failsWith } from '../../fakes/errors.ts';
import { openCells } from '../../fakes/notebook.ts';

/** As it stands in a notebook that was written for EMR. */
const EMR = `{
  "name": "clickstream",
  "kind": "pyspark",
  "conf": {
    "spark.jars.packages": "org.apache.spark:spark-sql-kafka-0-10_2.12:3.5.1,org.example:lib:1.0.0",
    "spark.master": "yarn",
    "spark.dynamicAllocation.enabled": false,
    "spark.sql.shuffle.partitions": 4
  },
  "driverMemory": "1g",
  "executorCores": 2,
  "numExecutors": 3,
  "jars": ["s3://bucket/a.jar", "lib/b.jar"],
  "pyFiles": ["/opt/c.zip"]
}`;

describe('%%configure', () => {
  it('takes the JSON of an EMR notebook, and says what has no effect', async test => {
    const { cell, runtime, notebook } = await openCells(test, { provisioned: false });
    const { out } = await cell(`%%configure -f\n${EMR}`);
    assert.deepEqual(
      { ...runtime.dependencies },
      {
        packages: ['org.example:lib:1.0.0'],
        conf: { 'spark.dynamicAllocation.enabled': 'false', 'spark.sql.shuffle.partitions': '4' },
        resources: {
          driverMemory: '1g',
          executorCores: 2,
          numExecutors: 3,
          jars: ['s3://bucket/a.jar', path.join(notebook.cwd, 'lib/b.jar')],
          pyFiles: ['/opt/c.zip']
        }
      }
    );
    assert.match(out, /^name is left out: a notebook finds its sessions by names of its own\.$/m);
    assert.match(out, /^org\.apache\.spark:spark-sql-kafka\S+ is left out: every session has/m);
    assert.match(out, /^spark\.master is left out: Headrace sets it itself\.$/m);
    assert.match(out, /^Recorded for the next Spark session\.$/m);
    const shown = (await cell('%interpreter show')).text;
    assert.match(shown, /size +driverMemory +1g/);
    assert.match(shown, /files +pyFiles +\/opt\/c\.zip/);
  });

  it('takes the place of what was set before, but for packages', async test => {
    const { cell, runtime } = await openCells(test, { provisioned: false });
    await cell('%interpreter add org.example:other:2\n%interpreter set spark.a=b');
    await cell('%%configure {"driverMemory": "2g"}');
    await cell('%%configure\n{"conf": {"spark.c": "d"}}');
    assert.deepEqual(
      { ...runtime.dependencies },
      { packages: ['org.example:other:2'], conf: { 'spark.c': 'd' }, resources: {} }
    );
  });

  it('restarts a running session only with -f, and lets its streams go on', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    await cell('%topic create words\n%stream wordcount --topic words --as counts');
    await assert.rejects(
      cell('%%configure\n{"driverMemory": "2g"}'),
      failsWith(
        'HR_USAGE',
        /^A Spark session runs already \(a restart loses all variables and temporary views; streams go on .*\)\. Write %%configure -f /
      )
    );
    assert.deepEqual(runtime.dependencies.resources, {});
    const { text } = await cell('%%configure -f\n{"driverMemory": "2g"}');
    assert.match(text, /^Spark session restarted in .*Resumed from its checkpoint: counts\./m);
    assert.deepEqual(notebook.session.resets, [
      { packages: [], conf: {}, resources: { driverMemory: '2g' } }
    ]);
  });

  it('counts a session as running that an earlier kernel started', async test => {
    const { notebook } = await openCells(test);
    const list = notebook.sessions.list.bind(notebook.sessions);
    const [listed] = await list();
    assert.ok(listed !== undefined);
    notebook.session.current = null;
    notebook.sessions.list = () => Promise.resolve([listed]);
    const runtime = await notebook.kernel();
    const language = createCellLanguage();
    await assert.rejects(
      language.execute('%%configure\n{}', notebook.context(runtime)),
      failsWith('HR_USAGE', /runs already/)
    );
  });

  const mistakes: readonly [json: string, message: RegExp][] = [
    ['', /^%%configure has no JSON\. Write for example/],
    ['[]', /needs one JSON object/],
    ['{"driverMemory": "1g"', /cannot read the JSON/],
    ["{\n  'driverMemory': '1g'\n}", /cannot read the JSON at line 2, column 3\. Names and texts/],
    [
      '{"executorCore": 2}',
      /does not know the field "executorCore"\. Did you mean executorCores\?/
    ],
    ['{"executorCores": "2"}', /cannot use "executorCores": it must be a number/],
    ['{"executorCores": 1.5}', /cannot use "executorCores": it must be a whole number/],
    ['{"driverMemory": "lots"}', /"driverMemory": it must be an amount such as "2g"/],
    ['{"jars": "a.jar"}', /cannot use "jars": it must be a list/],
    [
      '{"conf": {"spark.a": null}}',
      /"conf\.spark\.a": it must be a text, a number or true or false/
    ],
    ['{"kind": "sparkr"}', /"kind": it must be one of spark, pyspark, sql, shared; perhaps spark/],
    ['{"conf": {"spark.jars.packages": "a:b"}}', /"a:b" is not a Maven coordinate/]
  ];
  for (const [json, message] of mistakes)
    it(`refuses ${JSON.stringify(json)}`, async test => {
      const { cell, runtime } = await openCells(test, { provisioned: false });
      await assert.rejects(cell(`%%configure -f\n${json}`), failsWith('HR_USAGE', message));
      assert.deepEqual(runtime.dependencies.resources, {});
    });
});
