import type { Session } from './session.ts';

/** Lines of the log that a session view carries. */
const VIEW_LOG_LINES = 10;

/** The 23 fields of a session, as `GET /sessions/{id}` lists them. */
export function sessionView(session: Session): Record<string, unknown> {
  const request = session.request;
  return {
    id: session.id,
    name: session.name,
    // Livy knows an application only on YARN and Kubernetes.
    appId: null,
    owner: session.owner,
    proxyUser: null,
    state: session.state,
    kind: request.kind,
    appInfo: { driverLogUrl: null, sparkUiUrl: null, executorLogUrls: null },
    log: session.log.slice(-1, VIEW_LOG_LINES).log,
    ttl: request.ttl,
    idleTimeout: request.idleTimeout,
    driverMemory: request.driverMemory,
    driverCores: request.driverCores,
    executorMemory: request.executorMemory,
    executorCores: request.executorCores,
    conf: request.conf,
    archives: request.archives,
    files: request.files,
    heartbeatTimeoutInSecond: request.heartbeatTimeoutInSecond,
    jars: request.jars,
    numExecutors: request.numExecutors,
    pyFiles: request.pyFiles,
    queue: request.queue
  };
}
