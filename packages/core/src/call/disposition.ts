/** `lost`: the leg was gone when call control looked again. */
export type OfferOutcome = 'accepted' | 'no-answer' | 'refused' | 'unreachable' | 'caller-left' | 'lost';
export type QueueOutcome = 'answered' | 'abandoned' | 'overflowed';
/** How the call ended for the business. */
export type Disposition = 'answered' | 'abandoned' | 'overflowed' | 'rejected' | 'completed-in-flow' | 'lost';
