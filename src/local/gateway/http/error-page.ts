import type { FastifyReply, FastifyRequest } from 'fastify';

/** The Java classes behind Livy's paths, which its web server names on its error pages. */
const SERVLETS: readonly (readonly [RegExp, string])[] = [
  [/^\/sessions(\/|$)/, 'org.apache.livy.server.interactive.InteractiveSessionServlet'],
  [/^\/batches(\/|$)/, 'org.apache.livy.server.batch.BatchSessionServlet']
];
const OTHER_SERVLET = 'org.apache.livy.server.LivyServer';

/** Sends an error as the web server of Livy shows those that never reached Livy itself: as an HTML page. */
export function errorPage(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  message: string
): FastifyReply {
  const path = request.url.split('?')[0] ?? '';
  const servlet = SERVLETS.find(([paths]) => paths.test(path))?.[1] ?? OTHER_SERVLET;
  const rows = [
    ['URI', path],
    ['STATUS', String(status)],
    ['MESSAGE', message],
    ['SERVLET', servlet]
  ].map(([name = '', value = '']) => `<tr><th>${name}:</th><td>${escaped(value)}</td></tr>`);
  const title = `Error ${status} ${message}`;
  return reply
    .code(status)
    .header('cache-control', 'must-revalidate,no-cache,no-store')
    .header('content-type', 'text/html;charset=iso-8859-1')
    .send(
      [
        '<html>',
        `<head><title>${title}</title></head>`,
        `<body><h2>HTTP ERROR ${status} ${message}</h2>`,
        '<table>',
        ...rows,
        '</table>',
        '</body>',
        '</html>',
        ''
      ].join('\n')
    );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
