import path from 'node:path';
import { runProgram } from '../../src/local/child.ts';
import type { ProgramEnd } from '../../src/local/child.ts';
import { readEnvironment } from '../../src/local/environment.ts';
import { headracePaths } from '../../src/local/paths.ts';

/**
 * Runs an application as `spark-submit` does on a cluster's node, but on this machine: the main class that
 * the script of this name starts, with Java as set-up found it.
 */
export async function sparkSubmit(
  application: readonly string[],
  folder: string,
  signal: AbortSignal
): Promise<ProgramEnd> {
  const environment = await readEnvironment(headracePaths().environmentFile);
  const settings = {
    'spark.ui.enabled': 'false',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.driver.host': '127.0.0.1',
    'spark.sql.shuffle.partitions': '2'
  };
  const conf = Object.entries(settings).flatMap(([key, value]) => ['--conf', `${key}=${value}`]);
  return runProgram(
    environment.java,
    [
      ...['-Xmx1g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
      ...OPENED.map(name => `--add-opens=java.base/${name}=ALL-UNNAMED`),
      ...['-cp', path.join(environment.sparkHome, 'jars', '*')],
      ...['org.apache.spark.deploy.SparkSubmit', '--master', 'local[2]', ...conf],
      ...['--jars', environment.connectorJars.join(), ...application]
    ],
    {
      cwd: folder,
      env: {
        SPARK_HOME: environment.sparkHome,
        SPARK_LOCAL_IP: '127.0.0.1',
        PYSPARK_PYTHON: environment.python
      },
      signal
    }
  );
}

/** What Spark 4 needs of Java's own packages; `spark-submit` opens them too. */
const OPENED = ['java.lang', 'java.lang.invoke', 'java.net', 'java.nio', 'java.util', 'sun.nio.ch'];
