import { pipeline } from 'node:stream/promises';
import { listEvents, type EventFilter } from '@inventory-events/data-access';
import { assertTimeRange, defineRoute, type Route, z } from '@inventory-events/service-runtime/api';
import type { Database } from '../database';
import { streamFilterFields, timeRangeFields, toEventFilter } from './event-filter';
import { EXPORT_FORMATS, type ExportFormat } from './export-formats';

const PAGE_SIZE = 1_000;

const exportQuery = z
  .strictObject({
    format: z.enum(['csv', 'ndjson']).default('ndjson'),
    ...streamFilterFields,
    ...timeRangeFields,
  })
  .superRefine(assertTimeRange);

/**
 * Everything that matches, oldest first, page by page along the ids: memory holds one page, and a
 * page is read when the client has taken the one before. Without `to` it ends at the present.
 */
export function exportRoute({ pool }: { readonly pool: Database }): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/events/export',
    tag: 'Events',
    summary: 'All events that match, oldest first, as a download',
    description: 'A connection that breaks off before the end means that the file is not whole.',
    role: 'viewer',
    request: { query: exportQuery },
    response: { description: 'One event per line.', contentType: 'application/x-ndjson' },
    async handle({ query, request, response }) {
      const format = EXPORT_FORMATS[query.format];
      const filter = { ...toEventFilter(query), toMs: query.to ?? Date.now() };
      const chunks = exportChunks(pool, filter, format);
      // The first page comes before the head of the answer: a failure is still a problem document.
      const first = await chunks.next();
      response.attachment(`inventory-events.${query.format}`);
      response.setHeader('Content-Type', format.contentType);
      if (request.method === 'HEAD') {
        response.end();
        return undefined;
      }
      await pipeline(withFirst(first, chunks), response);
      return undefined;
    },
  });
}

async function* exportChunks(
  pool: Database,
  filter: EventFilter,
  format: ExportFormat,
): AsyncGenerator<string, void> {
  let afterId: string | undefined;
  let prefix = format.header;
  for (;;) {
    const events = await listEvents(pool, {
      filter,
      order: 'oldestFirst',
      afterId,
      limit: PAGE_SIZE,
    });
    yield prefix + events.map((event) => format.toLine(event)).join('');
    if (events.length < PAGE_SIZE) return;
    afterId = events.at(-1)?.id;
    prefix = '';
  }
}

async function* withFirst(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void>,
): AsyncGenerator<string, void> {
  if (first.done !== true && first.value !== '') yield first.value;
  yield* rest;
}
