import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { localPath, missingFile } from '../creation/dependency-paths.ts';
import type { Dependency } from '../driver/driver-port.ts';
import { textField } from '../json/fields.ts';
import { ADD_RESOURCE_CLASS, Refusal, remoteFailure } from '../http/refusal.ts';
import { sendEmpty } from '../http/replies.ts';
import { requestBody } from '../http/request-body.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { saveUpload, UPLOAD_LIMIT } from '../http/uploads.ts';

const addResourceSchema = z.strictObject({ uri: textField });

/** The three sorts, with the name that Livy gives to the part of the form that holds the file. */
const SORTS: readonly { readonly type: Dependency['type']; readonly part: string }[] = [
  { type: 'jar', part: 'jar' },
  { type: 'pyfile', part: 'file' },
  { type: 'file', part: 'file' }
];

interface BySession {
  Params: { id: string };
}

/** `POST /sessions/{id}/upload-jar`, `/add-jar` and the like: what a session needs that runs already. */
export function dependencyRoutes(app: FastifyInstance, registry: SessionRegistry): void {
  for (const { type } of SORTS)
    app.post<BySession>(`/sessions/:id/add-${type}`, async (request, reply) => {
      const { uri } = requestBody(request, addResourceSchema, ADD_RESOURCE_CLASS);
      const session = active(registry, request.params.id);
      await add(session, { type, path: checkedPath(uri) });
      return sendEmpty(reply, 200);
    });
  void app.register(scope => uploadRoutes(scope, registry));
}

async function uploadRoutes(scope: FastifyInstance, registry: SessionRegistry): Promise<void> {
  await scope.register(multipart, { limits: { files: 1, fileSize: UPLOAD_LIMIT } });
  for (const { type, part } of SORTS)
    scope.post<BySession>(`/sessions/:id/upload-${type}`, async (request, reply) => {
      const session = active(registry, request.params.id);
      const path = await uploaded(request, part, registry.folderOf(session));
      await add(session, { type, path });
      return sendEmpty(reply, 200);
    });
}

async function uploaded(request: FastifyRequest, name: string, folder: string): Promise<string> {
  const file = request.isMultipart() ? await request.file() : undefined;
  if (file?.fieldname === name) return saveUpload(file, folder);
  file?.file.resume();
  throw new Refusal(400, `No ${name} sent!`);
}

function active(registry: SessionRegistry, id: string): Session {
  const session = registry.get(id);
  session.statements();
  return session;
}

function checkedPath(uri: string | null): string {
  if (uri === null) throw new Refusal(500, 'java.lang.NullPointerException: "uri" is null');
  const missing = missingFile([uri]);
  if (missing === undefined) return localPath(uri);
  throw new Refusal(400, {
    msg: `requirement failed: Local path ${missing} cannot be added to user sessions.`
  });
}

/** Whatever Spark says against it is a failure inside the driver, as in Livy. */
async function add(session: Session, dependency: Dependency): Promise<void> {
  try {
    await session.addDependency(dependency);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw remoteFailure(error instanceof Error ? error.message : String(error));
  }
}
