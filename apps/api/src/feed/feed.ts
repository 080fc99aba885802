import type { SupervisorAlert } from '@cordboard/contracts';
import {
  type BoardChange,
  type BoardProjection,
  type CallFact,
  type CallId,
  createBoardProjection,
  type Fact,
} from '@cordboard/core';
import { type FactEntry, followFacts } from '@cordboard/redis';
import { CardDesk, type CardNews } from '../cards/card-desk.ts';
import type { Log, Redis } from '../foundations.ts';
import { CallArchive } from './call-archive.ts';
import { isBefore, lastOffset } from './offset.ts';

/** Who hears of what happens, as it happens. */
export interface FeedListener {
  /** Facts have been folded in; `renewed`: more has changed than deltas can say. */
  changed(changes: readonly BoardChange[], renewed: boolean): void;
  cards(news: readonly CardNews[]): void;
  /** Something that supervisors should know at once. Only what happens now: not what is read again from the past. */
  alerted?(alert: SupervisorAlert): void;
}

/** The facts, followed and folded: the board, the cards, and what is needed to explain a call. */
export interface Feed {
  readonly board: BoardProjection;
  readonly desk: CardDesk;
  factsOf(call: CallId): readonly CallFact[] | undefined;
  /** Whether all that had been told before this process began has been read. */
  readonly isCaughtUp: boolean;
  /** How far it has read; undefined before it has begun. */
  readonly offset: string | undefined;
  listen(listener: FeedListener): void;
  /** Resolves when there is nothing old left to read. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export interface FeedOptions {
  readonly redis: Redis;
  readonly log: Log;
  readonly observer: FeedObserver;
}

/** Who measures the feed. */
export interface FeedObserver {
  /** A fact has been folded, so long after it happened. */
  folded(lagMs: number): void;
  /** See `CardDesk`. */
  cardLed(leadMs: number): void;
}

/** Begins to follow at once, through any loss of Redis. */
export const startFeed = ({ redis, log, observer }: FeedOptions): Feed => {
  const board = createBoardProjection();
  const archive = new CallArchive();
  const factsOf = (call: CallId): readonly CallFact[] => archive.factsOf(call) ?? [];
  const desk = new CardDesk(
    {
      factsOf,
      agent: (id) => board.agent(id),
      queueName: (id) => names.get(id),
    },
    (leadMs) => {
      if (isCaughtUp) observer.cardLed(leadMs);
    },
  );
  const names = new Map<string, string>();
  const listeners: FeedListener[] = [];
  const stopping = new AbortController();
  let isCaughtUp = false;
  let offset: string | undefined;
  let tellCaughtUp: () => void = () => undefined;
  const caughtUp = new Promise<void>((resolve) => {
    tellCaughtUp = resolve;
  });

  const alertIn = (fact: Fact): readonly SupervisorAlert[] =>
    fact.type === 'SupervisorAlerted'
      ? [
          {
            at: fact.at,
            queueName: 'queue' in fact.alert ? (names.get(fact.alert.queue) ?? fact.alert.queue) : '',
            alert: fact.alert,
          },
        ]
      : [];

  const take = (fact: Fact): Taken => {
    const change = board.apply(fact);
    if ('call' in fact) archive.take(fact);
    else if (fact.type === 'PolicyTaken') {
      names.clear();
      for (const { id, name } of fact.queues) names.set(id, name);
    }
    for (const call of change.gone) archive.end(call);
    const renewed = fact.type === 'PolicyTaken' || fact.type === 'ExchangeRecovered';
    return { change, news: desk.take(fact), renewed };
  };

  /** One fact that we cannot read must not end the day for all others. */
  const tryToTake = ({ fact, offset: at }: FactEntry): readonly Taken[] => {
    try {
      return 'call' in fact && archive.has(fact) ? [] : [take(fact)];
    } catch (error) {
      const callId = 'call' in fact ? fact.call : undefined;
      log.error({ callId, offset: at, err: error }, 'a fact could not be folded');
      return [];
    }
  };

  const onFacts = (entries: readonly FactEntry[]): void => {
    const taken = entries.flatMap(tryToTake);
    if (!isCaughtUp) return;
    for (const { fact } of entries) observer.folded(Date.now() - fact.at);
    const news = taken.flatMap((each) => each.news);
    const alerts = entries.flatMap(({ fact }) => alertIn(fact));
    const renewed = taken.some((each) => each.renewed);
    // The phone is about to ring: nothing goes before the card.
    if (news.length > 0) for (const listener of listeners) listener.cards(news);
    for (const listener of listeners) {
      for (const alert of alerts) listener.alerted?.(alert);
      listener.changed(
        taken.map(({ change }) => change),
        renewed,
      );
    }
  };

  const follow = async (): Promise<void> => {
    const newest = await lastOffset(redis, stopping.signal);
    const began = Date.now();
    const readUpTo = (read: string): void => {
      if (isCaughtUp || isBefore(read, newest)) return;
      isCaughtUp = true;
      log.info({ tookMs: Date.now() - began }, 'facts told so far are read');
      tellCaughtUp();
    };
    readUpTo('0-0');
    await followFacts(redis, {
      from: 'start',
      signal: stopping.signal,
      onRead: (read) => {
        offset = read;
      },
      onFacts: (entries) => {
        onFacts(entries);
        readUpTo(entries.at(-1)?.offset ?? '0-0');
      },
      onMalformed: ({ offset: at, error }) => {
        log.warn({ offset: at, err: error }, 'an entry of the facts is no fact');
        readUpTo(at);
      },
    });
  };
  const following = follow().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });

  return {
    board,
    desk,
    factsOf: (call) => archive.factsOf(call),
    get isCaughtUp() {
      return isCaughtUp;
    },
    get offset() {
      return offset;
    },
    listen: (listener) => {
      listeners.push(listener);
    },
    caughtUp: () => caughtUp,
    async stop() {
      stopping.abort();
      await following;
    },
  };
};

interface Taken {
  readonly change: BoardChange;
  readonly news: readonly CardNews[];
  /** More has changed than deltas can say. */
  readonly renewed: boolean;
}
