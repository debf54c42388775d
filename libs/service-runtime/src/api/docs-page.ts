import { join } from 'node:path';
import { type RequestHandler, Router, static as serveStatic } from 'express';
import absolutePath from 'swagger-ui-dist/absolute-path.js';

const pageOf = (title: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
    <link rel="stylesheet" href="docs/swagger-ui.css" />
  </head>
  <body>
    <form id="token-form" style="margin: 1rem auto; max-width: 60rem; font-family: sans-serif">
      <label>Bearer token <input id="token" type="password" size="60" autocomplete="off" /></label>
      <button>Load</button> <span id="message" role="status"></span>
    </form>
    <div id="swagger-ui"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

/** A browser sends no token with a page, so the page asks for one and fetches the document with it. */
const SCRIPT = `
document.getElementById('token-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const message = document.getElementById('message');
  const authorization = 'Bearer ' + document.getElementById('token').value.trim();
  const response = await fetch('openapi.json', { headers: { authorization } });
  const body = await response.json();
  message.textContent = response.ok ? '' : body.title + ': ' + body.detail;
  if (!response.ok) return;
  window.SwaggerUIBundle({
    spec: body,
    dom_id: '#swagger-ui',
    requestInterceptor: (request) => {
      request.headers.authorization = authorization;
      return request;
    },
  });
});
`;

const PATH = '/api/v1/docs';

/** The page that shows the API: static files alone, the document itself needs a token. */
export function docsPage(title: string): RequestHandler {
  const page = pageOf(title);
  const router = Router({ strict: true });
  router.get(PATH, (_request, response) => void response.type('html').send(page));
  router.get(`${PATH}/start.js`, (_request, response) => void response.type('js').send(SCRIPT));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    const path = join(absolutePath(), file);
    router.use(`${PATH}/${file}`, serveStatic(path, { maxAge: '1d', acceptRanges: false }));
  }
  return (request, response, next) => {
    // Most requests are for something else.
    if (request.path.startsWith(PATH)) router(request, response, next);
    else next();
  };
}
