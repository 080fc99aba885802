/** How the call ended for the business. */
export type Disposition = 'answered' | 'abandoned' | 'overflowed' | 'rejected' | 'completed-in-flow' | 'lost';
