import { z } from 'zod';
import type { RenderedRequest } from '../../operation/operation.ts';
import type { Reply } from '../reply.ts';

/** Asterisk's answer to a request that came over a WebSocket. */
export interface RestResponse {
  readonly id: string;
  readonly reply: Reply;
}

/** A request as ARI takes it over a WebSocket (https://docs.asterisk.org, "ARI REST over WebSocket"). */
export const restRequest = (id: string, { method, path, query, body }: RenderedRequest): string =>
  JSON.stringify({
    type: 'RESTRequest',
    transaction_id: id,
    request_id: id,
    method,
    uri: path,
    ...(query.length === 0 ? {} : { query_strings: query.map(([name, value]) => ({ name, value })) }),
    ...(body === undefined ? {} : { content_type: 'application/json', message_body: body }),
  });

const Response = z.object({
  type: z.literal('RESTResponse'),
  request_id: z.string(),
  status_code: z.number(),
  reason_phrase: z.string().optional(),
  message_body: z.string().optional(),
});

/** @returns undefined for what is no answer. */
export const restResponse = (message: unknown): RestResponse | undefined => {
  const { data } = Response.safeParse(message);
  return (
    data && {
      id: data.request_id,
      reply: { status: data.status_code, reason: data.reason_phrase ?? '', body: data.message_body ?? '' },
    }
  );
};
