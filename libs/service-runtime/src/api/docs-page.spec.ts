import express from 'express';
import request from 'supertest';
import { httpErrorHandler } from '../http/http-error-handler';
import { requestContext } from '../http/request-context';
import { createLogger } from '../observability/create-logger';
import { docsPage } from './docs-page';

const app = express()
  .use(requestContext(createLogger({ name: 'test', level: 'silent' })))
  .use(docsPage('Things'), httpErrorHandler());

describe('the page that shows the API', () => {
  it('comes with its files', async () => {
    expect((await request(app).get('/api/v1/docs')).text).toContain('<title>Things</title>');
    expect((await request(app).get('/api/v1/docs/start.js')).status).toBe(200);
    expect((await request(app).get('/api/v1/docs/swagger-ui.css')).status).toBe(200);
  });

  it('serves a file in full to who wants a part that it has not', async () => {
    const answer = await request(app)
      .get('/api/v1/docs/swagger-ui.css')
      .set('Range', 'bytes=99999999-');
    expect(answer.status).toBe(200);
  });

  it('refuses a file to who wants another version', async () => {
    const answer = await request(app).get('/api/v1/docs/swagger-ui.css').set('If-Match', '"other"');
    expect(answer.status).toBe(412);
    expect(answer.body).toMatchObject({ code: 'PRECONDITION_FAILED' });
  });
});
