import type { ClientEvents, ServerEvents } from '@cordboard/contracts';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Person } from '../identity/people.ts';

/** What each socket carries with it. */
interface Attached {
  person: Person;
}
export type PageServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, Attached>;
export type PageSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, Attached>;
