/** How the call ended for the business. `not-reached`: a promised callback found nobody. */
export type Disposition =
  | 'answered'
  | 'abandoned'
  | 'overflowed'
  | 'rejected'
  | 'completed-in-flow'
  | 'lost'
  | 'not-reached';
