import {
  SASLMechanisms,
  saslOAuthBearer,
  saslScramSha,
  type BaseOptions,
  type SASLCustomAuthenticator
} from '@platformatic/kafka';
import { iamTokenProvider } from '../aws/auth/iam-token.ts';
import type { Clock } from '../clock.ts';
import type { KafkaClientAuth } from './auth.ts';

/** What the client library has to know of encryption and names. */
export type SecurityOptions = Pick<
  BaseOptions,
  'tls' | 'tlsServerName' | 'sasl' | 'connectTimeout'
>;

/** A connection is ready only when the credentials were found, across the internet, and the broker has checked them. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The options of @platformatic/kafka for a kind of authentication. All connections that are made with the result share
 * its tokens; the library asks for a new one when a broker wants it.
 */
export function securityOptions(auth: KafkaClientAuth, clock: Clock): SecurityOptions {
  switch (auth.kind) {
    case 'none':
      return {};
    case 'tls':
      return encrypted(auth);
    case 'iam':
      return {
        ...encrypted(auth),
        sasl: {
          mechanism: SASLMechanisms.OAUTHBEARER,
          token: iamTokenProvider({ ...auth, clock }),
          authenticate
        }
      };
    case 'scram': {
      const { mechanism, username, password } = auth;
      return { ...encrypted(auth), sasl: { mechanism, username, password, authenticate } };
    }
    case 'mtls':
      return encrypted(auth, { key: auth.key, cert: auth.cert });
  }
}

/** TLS that names the broker it wants: several brokers may stand behind one address. */
function encrypted(
  { ca }: { readonly ca?: string },
  own: { readonly key?: string; readonly cert?: string } = {}
): SecurityOptions {
  return {
    tls: { ...own, ...(ca === undefined ? {} : { ca }) },
    tlsServerName: true,
    connectTimeout: CONNECT_TIMEOUT_MS
  };
}

/**
 * What the library does itself, but for one thing: it listens to the first error of a connection only. A broker that
 * refuses somebody and then cuts the connection makes two, and the second would end this process.
 */
const authenticate: SASLCustomAuthenticator = (
  mechanism,
  connection,
  request,
  username = '',
  password = '',
  token = '',
  callback
) => {
  // Sessions are renewed on the same connection.
  connection.off('error', ignore);
  connection.on('error', ignore);
  if (mechanism === SASLMechanisms.OAUTHBEARER)
    saslOAuthBearer.authenticate(request, connection, token, {}, callback);
  else
    saslScramSha.authenticate(
      request,
      connection,
      mechanism === SASLMechanisms.SCRAM_SHA_256 ? 'SHA-256' : 'SHA-512',
      username,
      password,
      saslScramSha.defaultCrypto,
      callback
    );
};

function ignore(): void {
  // Whoever waits for the connection is told.
}
