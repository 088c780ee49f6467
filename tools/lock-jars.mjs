// Resolves the pinned Maven coordinates again and writes their SHA-256 sums to the lock file.
// Usage: node tools/lock-jars.mjs SPARK_HOME   (the folder of an installed pyspark; Java on PATH)
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const lockFile = path.join(root, 'src/local/artifacts/jars.lock.json');

/** What each set starts from. Only the broker's set takes what its roots depend on. */
const SETS = {
  broker: {
    transitive: true,
    roots: ['org.apache.kafka:kafka_2.13:4.1.0', 'org.apache.logging.log4j:log4j-slf4j-impl:2.24.3']
  },
  connector: {
    transitive: false,
    roots: [
      'org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0',
      'org.apache.spark:spark-token-provider-kafka-0-10_2.13:4.2.0',
      'org.apache.kafka:kafka-clients:3.9.2',
      'org.apache.commons:commons-pool2:2.13.1'
    ]
  },
  fileSystem: {
    transitive: false,
    roots: ['com.globalmentor:hadoop-bare-naked-local-fs:0.1.0']
  }
};

function moduleText({ roots, transitive }) {
  const dependencies = roots.map(root => {
    const [org, name, rev] = root.split(':');
    return `<dependency org="${org}" name="${name}" rev="${rev}" transitive="${transitive}" conf="default->default"/>`;
  });
  return `<ivy-module version="2.0"><info organisation="headrace" module="lock"/>
<configurations><conf name="default"/></configurations>
<dependencies>${dependencies.join('')}</dependencies></ivy-module>`;
}

/** The artifacts that Ivy's report names, evicted revisions left out. */
async function reported(report) {
  const jars = [];
  let organisation = '';
  let module = '';
  let revision = '';
  for (const line of report.split('\n')) {
    const owner = /<module organisation="([^"]+)" name="([^"]+)"/.exec(line);
    if (owner) [, organisation, module] = owner;
    const version = /<revision name="([^"]+)"/.exec(line);
    if (version) [, revision] = version;
    const location = /<artifact name="([^"]+)".* ext="jar".* location="([^"]+)"/.exec(line);
    if (location) {
      const bytes = await readFile(location[2]);
      jars.push({
        coordinate: `${organisation}:${module}:${revision}`,
        file: `${location[1]}-${revision}.jar`,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex')
      });
    }
  }
  return jars.sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1));
}

async function lockSet(sparkHome, work, set) {
  const cache = path.join(work, 'cache');
  await writeFile(path.join(work, 'ivy.xml'), moduleText(set));
  await run('java', [
    `-Divy.default.ivy.user.dir=${work}`,
    '-cp',
    path.join(sparkHome, 'jars/*'),
    'org.apache.ivy.Main',
    ...['-cache', cache, '-ivy', path.join(work, 'ivy.xml'), '-confs', 'default']
  ]);
  const jars = await reported(
    await readFile(path.join(cache, 'headrace-lock-default.xml'), 'utf8')
  );
  return { roots: set.roots, jars };
}

const [sparkHome] = process.argv.slice(2);
if (sparkHome === undefined) {
  process.stderr.write('Usage: node tools/lock-jars.mjs SPARK_HOME\n');
  process.exit(2);
}
const work = await mkdtemp(path.join(os.tmpdir(), 'headrace-lock-'));
try {
  const sets = {};
  for (const [name, set] of Object.entries(SETS)) {
    sets[name] = await lockSet(sparkHome, work, set);
    process.stdout.write(`${name}: ${sets[name].jars.length} jars\n`);
  }
  await writeFile(lockFile, `${JSON.stringify({ version: 1, sets }, null, 2)}\n`);
} finally {
  await rm(work, { recursive: true, force: true });
}
