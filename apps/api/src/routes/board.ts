import { BoardSnapshotShape } from '@cordboard/contracts';
import { everyRole, type Route, route } from '../http/route.ts';

export const boardRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/board',
    summary: 'The wallboard now; agents see the queues and themselves',
    roles: everyRole,
    answer: BoardSnapshotShape,
    handle: ({ person }, { boards }) => boards.snapshotFor(person.user),
  }),
];
