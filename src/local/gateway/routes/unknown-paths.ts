import type { FastifyInstance, RouteOptions } from 'fastify';
import { sendEmpty, sendNothing } from '../http/replies.ts';

/** In the order of Livy's `Allow` header. */
const METHODS = ['POST', 'DELETE', 'GET', 'HEAD'] as const;
const EVERYTHING = '*';
const OTHER_METHODS = ['PUT', 'PATCH', 'OPTIONS'] as const;

/** Paths below which Livy answers with the content type of JSON even when it has nothing to say. */
const JSON_PATHS = /^\/(sessions|batches|version)(\/|$)/;

/** Which methods the paths of a server have. */
export class RouteTable {
  readonly #routes: { readonly method: string; readonly path: RegExp }[] = [];

  add({ method, url }: Pick<RouteOptions, 'method' | 'url'>): void {
    const path = new RegExp(`^${url.replaceAll(/:[^/]+/g, '[^/]+')}$`);
    for (const name of [method].flat()) this.#routes.push({ method: name, path });
  }

  /** Methods of a path, in the order of the `Allow` header; none for an unknown path. */
  methods(path: string): string[] {
    const found = this.#routes.filter(route => route.path.test(path)).map(route => route.method);
    return METHODS.filter(method => found.includes(method));
  }
}

/** Collects the routes that are added to the server from now on. */
export function routeTable(app: FastifyInstance): RouteTable {
  const table = new RouteTable();
  app.addHook('onRoute', route => {
    if (route.url !== EVERYTHING) table.add(route);
  });
  return table;
}

/** Livy answers 405 with `Allow` for a method that a path does not have, and 404 otherwise, both without a body. */
export function unknownPaths(app: FastifyInstance, table: RouteTable): void {
  app.route({
    method: [...METHODS, ...OTHER_METHODS],
    url: EVERYTHING,
    handler: (request, reply) => {
      const path = request.url.split('?')[0] ?? '';
      const methods = table.methods(path);
      const send = JSON_PATHS.test(path) ? sendEmpty : sendNothing;
      if (methods.length === 0) return send(reply, 404);
      return send(reply.header('allow', methods.join(', ')), 405);
    }
  });
}
