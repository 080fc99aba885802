import { PasswordChange, Session, SignIn } from '@cordboard/contracts';
import { hashPassword, isPassword } from '@cordboard/database';
import { Refusal } from '../http/refusal.ts';
import { everyRole, openRoute, type Route, route } from '../http/route.ts';

export const sessionRoutes: readonly Route[] = [
  openRoute({
    method: 'post',
    path: '/api/session',
    summary: 'Sign in',
    body: SignIn,
    answer: Session,
    async handle({ body, person, address, reply }, { attempts, database, sessions, log }) {
      const username = body.username.toLowerCase();
      await attempts.count(address, username);
      const known = await database.users.credentials(username);
      const isRight = await isPassword(body.password, known?.passwordHash);
      if (known === undefined || !isRight) {
        log.info({ address, pii: { username } }, 'sign-in refused');
        throw new Refusal('wrong-credentials', 'Check the user name and the password, then try again.');
      }
      await attempts.succeeded(address, username);
      // A session of before is not carried on into this one: https://owasp.org/www-community/attacks/Session_fixation
      if (person !== undefined) await sessions.revoke(person.token);
      const { token, session } = await sessions.create(known.user);
      reply.session(token);
      log.info({ userId: known.user.id, address }, 'signed in');
      return session;
    },
  }),
  route({
    method: 'get',
    path: '/api/session',
    summary: 'Who is signed in',
    roles: everyRole,
    answer: Session,
    handle: ({ person }) => person.session,
  }),
  route({
    method: 'delete',
    path: '/api/session',
    summary: 'Sign out',
    roles: everyRole,
    async handle({ person, reply }, { sessions }) {
      await sessions.revoke(person.token);
      reply.session(undefined);
    },
  }),
  route({
    method: 'put',
    path: '/api/session/password',
    summary: "Change one's own password; all other sessions end, and this one goes on under a new token",
    roles: everyRole,
    body: PasswordChange,
    answer: Session,
    async handle({ body, person: { user }, address, reply }, { attempts, database, sessions }) {
      await attempts.count(address, user.username);
      const known = await database.users.credentials(user.username);
      if (!(await isPassword(body.currentPassword, known?.passwordHash)))
        throw new Refusal('invalid', 'The current password is not right.', {
          errors: [{ path: 'currentPassword', message: 'This is not your password.' }],
        });
      await attempts.succeeded(address, user.username);
      await database.users.setPasswordHash(user.id, await hashPassword(body.newPassword));
      await sessions.revokeAllOf(user.id);
      const { token, session } = await sessions.create(user);
      reply.session(token);
      return session;
    },
  }),
];
