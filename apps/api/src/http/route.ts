import type { Role } from '@cordboard/contracts';
import type { z } from 'zod';
import type { Person } from '../identity/people.ts';
import type { Parts } from '../parts.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

/**
 * One thing that can be asked of the API, declared once: from this come the Express route, its checks, and its description
 * in OpenAPI.
 */
export interface Route {
  readonly method: Method;
  /** As Express writes it: `/api/calls/:id`. */
  readonly path: string;
  readonly summary: string;
  /** Who may ask; `everyone`: also those who are not signed in. */
  readonly roles: readonly Role[] | 'everyone';
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** What is answered; without it, 204 and nothing. What the schema does not name is left out. */
  readonly answer?: z.ZodType;
  /** Default: 200, or 204 without an answer. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Default: JSON. */
  readonly mediaType?: string;
  /** The answer is the path of a file, which is sent whole or in parts as the asker likes (RFC 9110, 14). */
  readonly sendsFile?: true;
  handle(asked: Asked<unknown, unknown, unknown, unknown>, parts: Parts): unknown;
}

/** A request that has passed all checks. */
export interface Asked<Params, Query, Body, Who> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly person: Who;
  /** The asker's address; of the nearest proxy's word, when that proxy is on this machine. */
  readonly address: string;
  readonly reply: Reply;
}

/** What a handler may say beside its answer. */
export interface Reply {
  status(code: number): void;
  /** Gives the page its session, or takes it away (undefined). */
  session(token: string | undefined): void;
}

interface Declared<Params, Query, Body, Answer, Who> extends Omit<Route, 'handle' | 'roles'> {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  readonly answer?: z.ZodType<Answer>;
  handle(asked: Asked<Params, Query, Body, Who>, parts: Parts): Promise<Answer> | Answer;
}

/** A route for those who are signed in and have one of the roles. */
export const route = <Params, Query, Body, Answer = void>(
  declared: Declared<Params, Query, Body, Answer, Person> & { readonly roles: readonly Role[] },
): Route => declared as Route;

/** A route for everyone. */
export const openRoute = <Params, Query, Body, Answer = void>(
  declared: Declared<Params, Query, Body, Answer, Person | undefined>,
): Route => ({ ...declared, roles: 'everyone' }) as Route;

export const everyRole: readonly Role[] = ['administrator', 'supervisor', 'agent'];
export const leads: readonly Role[] = ['administrator', 'supervisor'];
export const administrators: readonly Role[] = ['administrator'];
