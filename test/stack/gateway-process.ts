import fastify from 'fastify';
import path from 'node:path';
import { readEnvironment } from '../../src/local/environment.ts';
import { batchFolders } from '../../src/local/gateway/batches/batch-record.ts';
import { runnerLauncher } from '../../src/local/gateway/batches/runner-process.ts';
import { driverLauncher } from '../../src/local/gateway/driver/driver-process.ts';
import { registerGateway } from '../../src/local/gateway/gateway.ts';
import { sessionFolders } from '../../src/local/gateway/sessions/session-record.ts';
import { headracePaths, projectRoot } from '../../src/local/paths.ts';
import { systemClock } from '../../src/runtime/clock.ts';

/**
 * A gateway in a process of its own, without broker and supervisor, for tests that kill it. The only
 * argument is the folder of its sessions. Prints its URL; TERM ends it with its sessions.
 */
async function main(sessions: string): Promise<void> {
  const paths = headracePaths();
  const { python, java, sparkVersion } = await readEnvironment(paths.environmentFile);
  const jobsDir = path.join(projectRoot(), 'spark-jobs');
  const programs = { python, java, jobsDir, jars: [], archiveDir: paths.cds };
  const app = fastify();
  await registerGateway(app, {
    launcher: driverLauncher(programs),
    store: sessionFolders(sessions),
    batches: { launcher: runnerLauncher(programs), store: batchFolders(sessions) },
    sparkVersion,
    clock: systemClock
  });
  process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
  process.once('SIGTERM', () => void app.close());
}

await main(process.argv[2] ?? '');
