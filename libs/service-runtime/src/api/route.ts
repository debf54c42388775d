import type { Request, RequestHandler, Response } from 'express';
import type { Role } from '../http/auth/create-token-verifier';
import { answerJson } from '../http/answer-json';
import { parseRequest } from '../http/parse-request';
import type { RouteMethod } from '../http/route-methods';
import { z } from './zod';

export interface RouteResponse {
  readonly description: string;
  /** 200 when left out. */
  readonly status?: number;
  /** `application/json` when left out. */
  readonly contentType?: string;
  readonly schema?: z.ZodType;
}

export interface RouteRequest {
  readonly path?: z.ZodObject;
  readonly query?: z.ZodType;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
}

/** A body whose schema does without it need not be sent. */
export function isBodyOptional({ body }: RouteRequest): boolean {
  return body?.safeParse(undefined).success ?? false;
}

/** One entry serves three: the router mounts it, the validation uses it, OpenAPI describes it. */
export interface Route {
  readonly method: RouteMethod;
  /** In OpenAPI's spelling: `/api/v1/events/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly role: Role;
  readonly request: RouteRequest;
  readonly response: RouteResponse;
  /** By status, what may go wrong beside what may with every route. */
  readonly problems?: Readonly<Record<number, string>>;
  /** 64 KiB when left out. */
  readonly maxBodyBytes?: number;
  readonly handler: RequestHandler;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

export interface RouteInput<Part extends RouteRequest> {
  readonly path: Parsed<Part['path']>;
  readonly query: Parsed<Part['query']>;
  readonly headers: Parsed<Part['headers']>;
  readonly body: Parsed<Part['body']>;
  readonly request: Request;
  readonly response: Response;
}

export interface RouteDefinition<Part extends RouteRequest> extends Omit<Route, 'handler'> {
  readonly request: Part;
  /** What it returns is sent as JSON; one that answers by itself returns undefined. */
  handle(input: RouteInput<Part>): Promise<unknown>;
}

export function defineRoute<const Part extends RouteRequest>(
  definition: RouteDefinition<Part>,
): Route {
  const { path, query, headers, body } = definition.request;
  const { status = 200 } = definition.response;
  return {
    ...definition,
    async handler(request, response) {
      const answer = await definition.handle({
        path: (path && parseRequest('path', path, request.params)) as Parsed<Part['path']>,
        query: (query && parseRequest('query', query, request.query)) as Parsed<Part['query']>,
        headers: (headers && parseRequest('headers', headers, request.headers)) as Parsed<
          Part['headers']
        >,
        body: (body && parseRequest('body', body, request.body)) as Parsed<Part['body']>,
        request,
        response,
      });
      if (answer === undefined) return;
      if (definition.method === 'get') response.status(status).json(answer);
      else answerJson(response, status, answer);
    },
  };
}
