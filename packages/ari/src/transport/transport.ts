import type { AnswerOf, OperationName, ParametersOf } from '../operation/operations.ts';

/** Where Asterisk's REST interface is, and as whom to use it. */
export interface AriAccess {
  /** The HTTP server's base, without `/ari`: `http://127.0.0.1:8088`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Nothing when one may ask now; otherwise resolves when one may. It rejects when one never may again. */
export type Permit = () => Promise<void> | undefined;

/** What a transport needs to know. */
export interface AriOptions extends AriAccess {
  /** The Stasis application to be: one process, one name. */
  readonly app: string;
  /** The types of events that are let through; Asterisk keeps all others to itself. */
  readonly events: readonly string[];
  /** What to hear of beside the application's own channels: `endpoint:PJSIP`. */
  readonly subscribe?: readonly string[];
  /** How many requests may be with Asterisk at once without one that is slow delaying another; 4. */
  readonly lanes?: number;
  /** How long Asterisk may take to answer a request, in ms; 2000. */
  readonly timeoutMs?: number;
  /** How often the connection is tried, and how long an answer to that may take, in ms; 2000 each. */
  readonly ping?: { readonly everyMs: number; readonly withinMs: number };
  readonly observer?: AriObserver;
  /** Asked for before each connection: to connect is to take the application's name from whoever has it. */
  readonly permit?: Permit;
}

/** Whether Asterisk is there. */
export type AriState =
  | { readonly is: 'connected'; readonly version: string }
  | { readonly is: 'disconnected'; readonly because: string }
  /** Another process has taken the application's name. Final: this one does not connect again. */
  | { readonly is: 'replaced' };

export interface RequestOptions {
  /** Requests that have the same key are carried out in the order given; others may overtake each other. */
  readonly order?: string;
}

/** Carries requests to Asterisk and events from it. It connects again for as long as it is not closed. */
export interface AriTransport {
  readonly kind: 'websocket' | 'ari-client';
  readonly app: string;
  /**
   * @throws AriRefused when Asterisk says no
   * @throws TelephonyUnavailable when it cannot be asked, or does not answer in time
   */
  request<Name extends OperationName>(
    operation: Name,
    parameters: ParametersOf<Name>,
    options?: RequestOptions,
  ): Promise<AnswerOf<Name>>;
  /** Calls back with each event as Asterisk wrote it. @returns how to stop */
  onEvent(listener: (message: unknown) => void): () => void;
  /** Calls back with each change, and at once with what is. @returns how to stop */
  onState(listener: (state: AriState) => void): () => void;
  close(): Promise<void>;
}

/** Who watches the connection at work: logs and metrics. Never decides anything. */
export interface AriObserver {
  requestDone?(operation: OperationName, tookMs: number, outcome: 'done' | 'refused' | 'unavailable'): void;
  eventReceived?(type: string): void;
  /** A message from Asterisk that cannot be read; it is left out. */
  messageMalformed?(what: string): void;
  /** Which phones are registered could not be asked. */
  watchFailed?(error: unknown): void;
  stateChanged?(app: string, state: AriState): void;
  /** A connection is lost, or could not be made; the next try is in `againInMs`. */
  connectionLost?(app: string, because: string, againInMs: number): void;
}

/** Asterisk understood the request and says no. */
export class AriRefused extends Error {
  override readonly name = 'AriRefused';
  readonly operation: OperationName;
  /** As in HTTP. */
  readonly status: number;
  /** Asterisk's own words. */
  readonly reason: string;

  constructor(operation: OperationName, status: number, reason: string) {
    super(`${operation}: ${status} ${reason}`);
    this.operation = operation;
    this.status = status;
    this.reason = reason;
  }
}
