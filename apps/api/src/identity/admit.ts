import { timingSafeEqual } from 'node:crypto';
import { csrfHeader, type Role } from '@cordboard/contracts';
import type { Request } from 'express';
import { Refusal } from '../http/refusal.ts';
import type { Route } from '../http/route.ts';
import type { Parts } from '../parts.ts';
import { sessionToken } from './cookie.ts';
import { isOurOrigin } from './origin.ts';
import type { Person } from './people.ts';

/**
 * Lets in who may ask this, and tells who it is.
 * @throws Refusal when the request comes from elsewhere, nobody is signed in, or they may not.
 */
export const admit = async (
  { method, roles }: Pick<Route, 'method' | 'roles'>,
  request: Request,
  { people }: Pick<Parts, 'people'>,
): Promise<Person | undefined> => {
  const isUnsafe = method !== 'get';
  if (isUnsafe && !isOurOrigin(request))
    throw new Refusal('foreign-origin', 'Ask from the pages of this server, not from another site.');
  const token = sessionToken(request);
  const person = token === undefined ? undefined : await people.find(token);
  if (roles === 'everyone') return person;
  if (person === undefined) throw new Refusal('authentication-required', 'Sign in with POST /api/session first.');
  if (isUnsafe && !isSame(request.get(csrfHeader), person.session.csrfToken))
    throw new Refusal('csrf-token-missing', `Send the session's csrfToken in the header ${csrfHeader}.`);
  if (!roles.includes(person.user.role)) throw new Refusal('forbidden', `This is for ${inWords(roles)}.`);
  return person;
};

/** Takes the same time wherever the difference is. */
const isSame = (given: string | undefined, token: string): boolean => {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const inWords = (roles: readonly Role[]): string => roles.map((role) => `${role}s`).join(' and ');
