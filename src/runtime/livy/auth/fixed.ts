import type { Authentication } from './port.ts';

/** No authentication: an endpoint on this machine, or behind a tunnel. */
export const noAuth: Authentication = { kind: 'none', headers: () => Promise.resolve({}) };

/** A token as `Authorization: Bearer`. */
export function bearer(token: string): Authentication {
  return { kind: 'bearer', headers: () => Promise.resolve({ authorization: `Bearer ${token}` }) };
}

/** User and password, RFC 7617; EMR on EC2 gives such credentials to a runtime role. */
export function basic(user: string, password: string): Authentication {
  const encoded = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  return { kind: 'basic', headers: () => Promise.resolve({ authorization: `Basic ${encoded}` }) };
}
