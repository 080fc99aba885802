import { type Callback, CallbackList } from '@cordboard/contracts';
import type { Ticket } from '@cordboard/core';
import { z } from 'zod';
import { leads, type Route, route } from '../http/route.ts';
import { obeyed } from './obeyed.ts';

const ById = z.strictObject({ id: z.string().min(1).max(200) });

/** Who is to be called back. */
export const callbackRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/callbacks',
    summary: 'Who is to be called back, in the order of their places',
    roles: leads,
    answer: CallbackList,
    handle: async (_, { feed }) => ({ items: feed.board.callbacks().map(toCallback) }),
  }),
  route({
    method: 'delete',
    path: '/api/callbacks/:id',
    summary: 'Withdraw the promise to call somebody back; who is being rung for it is let go',
    roles: leads,
    params: ById,
    async handle({ params: { id }, person }, { control }) {
      obeyed(await control.ask({ type: 'withdraw-callback', callback: id }, person.user.username));
    },
  }),
];

const toCallback = ({ id, queue, number, name, openedAt, queuedAt, priority, state, missed }: Ticket): Callback => ({
  id,
  queue,
  number,
  name,
  openedAt,
  queuedAt,
  priority,
  state: state.is,
  because: state.is === 'resting' ? (state.because ?? null) : null,
  until: state.is === 'resting' ? state.until : null,
  missed,
});
