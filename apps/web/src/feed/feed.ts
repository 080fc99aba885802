import type { BoardDelta, BoardSnapshot, Card, ClientEvents, Pulse, ServerEvents } from '@cordboard/contracts';
import type { AgentView, CallId, Customer } from '@cordboard/core';
import { io, type Socket } from 'socket.io-client';
import { Store } from '../store.ts';
import { BoardStore } from './board-store.ts';
import { Liveness } from './liveness.ts';
import { ServerClock } from './server-clock.ts';

/** Whether what is shown is what is. */
export interface FeedStatus {
  /** `connecting`: nothing has been heard yet. */
  readonly is: 'connecting' | 'live' | 'silent';
  /** The server's time when it was last heard, ms; while it is silent. */
  readonly since: number | undefined;
  /** False while the server itself hears nothing of call control. */
  readonly callControl: boolean;
}

/** What lies on the agent's desk: the last card, and what became of it. */
export interface OnDesk {
  readonly card: Card | undefined;
  /** The conversation that the card was for has ended; what is being written goes on. */
  readonly isOver: boolean;
  /** Why the card was taken away; the card is gone then. */
  readonly withdrawn: { readonly call: CallId; readonly because: string } | undefined;
}

/** Everything that the server tells a page of its own accord. */
export interface Feed {
  readonly board: Pick<BoardStore, 'picture'>;
  readonly status: Store<FeedStatus>;
  readonly desk: Store<OnDesk>;
  /** When this page showed something else than it had been told, the server's time, ms; each time since it was opened. */
  readonly differed: Store<readonly number[]>;
  /** The agent that sits here; undefined until told. */
  readonly me: Store<AgentView | undefined>;
  /** The server's time, ms. */
  now(): number;
  /** The card has been painted. */
  shown(call: CallId): void;
  /** This very page has learnt who calls: the card shows it. */
  know(call: CallId, customer: Customer): void;
  /** The card is done with. */
  putAway(): void;
  close(): void;
}

interface FeedOptions {
  /** The session may have ended: the server has let go of this page. */
  onCutOff(): void;
}

/** So often a page notes that it differed; more often it is out of order, and that is enough to know. */
const mostRemembered = 100;

const emptyDesk: OnDesk = { card: undefined, isOver: false, withdrawn: undefined };

const lookEveryMs = 250;
/** An answer to a question for a snapshot is given up after this, and it is asked anew. */
const snapshotPatienceMs = 3000;

/** Opens the feed; it goes on through any loss of the network until it is closed. */
export const openFeed = ({ onCutOff }: FeedOptions): Feed => {
  const socket: Socket<ServerEvents, ClientEvents> = io({ transports: ['websocket'], reconnectionDelayMax: 2000 });
  const board = new BoardStore((paint) => requestAnimationFrame(paint));
  const clock = new ServerClock();
  const liveness = new Liveness();
  const status = new Store<FeedStatus>({ is: 'connecting', since: undefined, callControl: true });
  const desk = new Store<OnDesk>(emptyDesk);
  const me = new Store<AgentView | undefined>(undefined);
  const differed = new Store<readonly number[]>([]);
  let isAsking = false;
  let callControl = true;

  const look = (): void => {
    const isLive = liveness.isLive(performance.now());
    const since = isLive ? undefined : liveness.lastAt;
    const is = isLive ? 'live' : since === undefined ? 'connecting' : 'silent';
    const before = status.get();
    if (before.is !== is || before.since !== since || before.callControl !== callControl)
      status.set({ is, since, callControl });
  };
  const heard = (at: number): void => {
    clock.hear(at, Date.now());
    liveness.heard(at, performance.now());
    look();
  };

  /** Asks for the whole board until it comes; what is told meanwhile is in it, or follows it. */
  const askWholeBoard = async (question: 'board:watch' | 'board:resync'): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    while (socket.connected) {
      const snapshot = await answered(socket.timeout(snapshotPatienceMs).emitWithAck(question));
      if (snapshot === undefined) continue;
      board.take(snapshot);
      heard(snapshot.at);
      break;
    }
    isAsking = false;
  };

  socket.on('connect', () => void askWholeBoard('board:watch'));
  socket.on('board:snapshot', (snapshot) => {
    board.take(snapshot);
    heard(snapshot.at);
  });
  socket.on('board:delta', (delta: BoardDelta) => {
    heard(delta.at);
    if (!board.change(delta)) void askWholeBoard('board:resync');
  });
  socket.on('board:pulse', (pulse: Pulse) => {
    callControl = pulse.callControl;
    heard(pulse.at);
    if (!board.isAbreast(pulse)) void askWholeBoard('board:resync');
    if (board.agrees(pulse)) return;
    const { epoch, seq, at } = pulse;
    differed.set([...differed.get(), at].slice(-mostRemembered));
    socket.emit('board:differed', { epoch, seq });
    void askWholeBoard('board:resync');
  });
  let isInHand = false;
  socket.on('agent:me', (agent) => {
    me.set(agent);
    const { card } = desk.get();
    const isHere = card !== undefined && agent.call === card.call;
    if (isInHand && !isHere && card !== undefined) desk.set({ card, isOver: true, withdrawn: undefined });
    isInHand = isHere;
  });
  socket.on('card:open', (card) => {
    // A page that is opened late finds the card of a conversation that is over, for as long as after-call work goes on.
    desk.set({ card, isOver: me.get()?.state === 'wrap-up', withdrawn: undefined });
    isInHand = me.get()?.call === card.call;
  });
  socket.on('card:update', (card) => {
    const before = desk.get();
    if (before.card?.call === card.call) desk.set({ ...before, card });
  });
  socket.on('card:withdraw', (withdrawn) => {
    if (desk.get().card?.call === withdrawn.call) desk.set({ ...emptyDesk, withdrawn });
  });
  socket.on('disconnect', (reason) => {
    if (reason !== 'io server disconnect') return;
    onCutOff();
    socket.connect();
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    if (error.data?.code === 'authentication-required') onCutOff();
    // Refused by the server, not by the network: the socket does not try again by itself.
    else if (!socket.active) setTimeout(() => socket.connect(), snapshotPatienceMs);
  });

  const timer = setInterval(look, lookEveryMs);
  return {
    board,
    status,
    desk,
    differed,
    me,
    now: () => clock.now(),
    shown: (call) => {
      socket.emit('card:shown', { call, shownAt: clock.now() });
    },
    know: (call, customer) => {
      const before = desk.get();
      if (before.card?.call === call) desk.set({ ...before, card: { ...before.card, customer, identified: true } });
    },
    putAway: () => desk.set(emptyDesk),
    close() {
      clearInterval(timer);
      socket.close();
    },
  };
};

/** @returns undefined when no answer came in time: https://socket.io/docs/v4/client-api/#sockettimeoutvalue */
const answered = (asking: Promise<BoardSnapshot>): Promise<BoardSnapshot | undefined> => asking.catch(() => undefined);
