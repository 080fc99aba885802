import type { AgentId, CallId } from '@cordboard/core';
import { z } from 'zod';
import type { CardNews } from '../cards/card-desk.ts';
import type { ReadHistory } from '../cards/history.ts';
import type { Feed } from '../feed/feed.ts';
import type { Log } from '../foundations.ts';
import type { PageServer } from './page-socket.ts';

/** Cards and their own state, to the pages of each agent. */
export const serveDesk = (
  io: PageServer,
  { feed, readHistory, log }: { feed: Feed; readHistory: ReadHistory; log: Log },
): void => {
  /** Who opens a page later is told then how things stand. */
  const isWatched = (agent: AgentId): boolean => io.sockets.adapter.rooms.has(roomOf(agent));

  const tell = (news: CardNews): void => {
    if (news.is === 'open') log.info({ callId: news.card.call, agentId: news.agent }, 'card opened');
    if (!isWatched(news.agent)) return;
    const pages = io.to(roomOf(news.agent));
    switch (news.is) {
      case 'open':
        pages.emit('card:open', news.card);
        addHistory(news.agent, news.card.call, news.card.ani);
        return;
      case 'update':
        pages.emit('card:update', news.card);
        return;
      case 'withdraw':
        pages.emit('card:withdraw', { call: news.call, because: news.because });
        return;
    }
  };

  /** After the card has gone out: PostgreSQL may take its time. */
  const addHistory = (agent: AgentId, call: CallId, ani: string): void => {
    readHistory(ani, call).then(
      (history) => {
        if (history !== undefined) for (const news of feed.desk.addHistory(agent, call, history)) tell(news);
      },
      (error: unknown) => log.error({ callId: call, err: error }, 'history of a card could not be read'),
    );
  };

  feed.listen({
    cards: (news) => {
      for (const each of news) tell(each);
    },
    changed: (changes) => {
      for (const agent of new Set(changes.flatMap(({ agents }) => agents))) {
        const view = isWatched(agent) ? feed.board.agent(agent) : undefined;
        if (view !== undefined) io.to(roomOf(agent)).emit('agent:me', view);
      }
    },
  });

  io.on('connection', (socket) => {
    const agent = socket.data.person.user.agentId as AgentId | null;
    if (agent === null) return;
    socket.on('card:shown', (shown: unknown) => {
      const { data } = CardShown.safeParse(shown);
      if (data !== undefined) feed.desk.shown(agent, data.call as CallId, data.shownAt);
    });
    void feed.caughtUp().then(() => {
      if (!socket.connected) return;
      void socket.join(roomOf(agent));
      const view = feed.board.agent(agent);
      if (view !== undefined) socket.emit('agent:me', view);
      const card = feed.desk.of(agent);
      if (card === undefined) return;
      socket.emit('card:open', card);
      if (card.history === null) addHistory(agent, card.call, card.ani);
    });
  });
};

const CardShown = z.object({ call: z.string().max(200), shownAt: z.number() });

const roomOf = (agent: AgentId): string => `desk of ${agent}`;
