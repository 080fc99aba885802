import type { Session } from '@cordboard/contracts';
import { ask, carryCsrfToken, whenSessionEnds } from '../api/ask.ts';
import { asFailure, Refused } from '../api/problem.ts';
import { suggestLanguage } from '../i18n/language.ts';
import { Store, useStore } from '../store.ts';

export type User = Session['user'];

export type SessionState =
  | { readonly is: 'unknown' }
  | { readonly is: 'unreachable' }
  /** `wasIn`: the session has ended; what one was looking at comes back after signing in. */
  | { readonly is: 'out'; readonly wasIn: boolean }
  | { readonly is: 'in'; readonly user: User };

const state = new Store<SessionState>({ is: 'unknown' });
export const useSession = (): SessionState => useStore(state);

const enter = ({ user, csrfToken }: Session): void => {
  carryCsrfToken(csrfToken);
  suggestLanguage(user.language);
  state.set({ is: 'in', user });
};

const leave = (wasIn: boolean): void => {
  carryCsrfToken('');
  if (state.get().is !== 'out') state.set({ is: 'out', wasIn });
};
whenSessionEnds(() => leave(state.get().is === 'in'));

/** Asks who is signed in. */
export const lookForSession = async (): Promise<void> => {
  try {
    enter(await ask<Session>('GET', '/api/session'));
  } catch (error) {
    const isRefused = asFailure(error) instanceof Refused;
    if (isRefused) leave(state.get().is === 'in');
    else if (state.get().is !== 'in') state.set({ is: 'unreachable' });
  }
};

/** @throws Refused, Unreachable */
export const signIn = async (username: string, password: string): Promise<void> =>
  enter(await ask<Session>('POST', '/api/session', { username, password }));

/** @throws Refused, Unreachable */
export const signOut = async (): Promise<void> => {
  await ask('DELETE', '/api/session');
  leave(false);
};

export type RoomName = 'board' | 'desk' | 'console';

/** The rooms that are open to this user; the first is where they begin. */
export const roomsOf = ({ role, agentId }: User): readonly RoomName[] => {
  switch (role) {
    case 'administrator':
      return agentId === null ? ['board', 'console'] : ['board', 'desk', 'console'];
    case 'supervisor':
      return agentId === null ? ['board'] : ['board', 'desk'];
    case 'agent':
      return ['desk', 'board'];
  }
};
