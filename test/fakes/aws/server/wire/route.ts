import type { Operation } from './shapes.ts';

/** An operation with an HTTP binding. https://smithy.io/2.0/spec/http-bindings.html#http-trait */
export interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly status: number;
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** Names, and values where they matter, that the query has to have. */
  readonly query: readonly (readonly [string, string | null])[];
}

export interface Routed {
  readonly route: Route;
  readonly labels: Readonly<Record<string, string>>;
}

/** `prefix` stands before each path: the bucket, in path style. */
export function routesOf(operations: readonly Operation[], prefix = ''): readonly Route[] {
  return operations.flatMap(operation => {
    const http = operation.traits['http'];
    // Only listing all buckets has no bucket.
    const hasBucket = operation.input.members().some(({ name }) => name === 'Bucket');
    return Array.isArray(http) ? [routeOf(operation, http, hasBucket ? prefix : '')] : [];
  });
}

function routeOf(operation: Operation, http: readonly unknown[], prefix: string): Route {
  const [method, uri, status] = http;
  const [path = '', query = ''] = String(uri).split('?');
  const full = prefix !== '' && path === '/' ? prefix : prefix + path;
  const labels = [...full.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => String(name));
  const pattern = full.replace(/\{\w+(\+?)\}/g, (_, greedy) =>
    greedy === '+' ? '(.+)' : '([^/]+)'
  );
  return {
    operation,
    method: String(method),
    status: Number(status),
    path: new RegExp(`^${pattern}/?$`),
    labels,
    query: [...new URLSearchParams(query)].map(([name, value]) => [name, value || null] as const)
  };
}

/** The route that says most of the request's query; null where none fits. */
export function findRoute(routes: readonly Route[], method: string, url: URL): Routed | null {
  const fitting = routes
    .filter(route => route.method === method && route.path.test(url.pathname))
    .filter(({ query }) => query.every(([name, value]) => fits(url.searchParams, name, value)))
    .sort((one, other) => other.query.length - one.query.length);
  const [route] = fitting;
  if (route === undefined) return null;
  const values = route.path.exec(url.pathname)?.slice(1) ?? [];
  return {
    route,
    labels: Object.fromEntries(
      route.labels.map((name, index) => [name, decodeURIComponent(values[index] ?? '')])
    )
  };
}

const fits = (query: URLSearchParams, name: string, value: string | null): boolean =>
  query.has(name) && (value === null || query.get(name) === value);
