import type { AgentId, AgentView, CallView, QueueSnapshot } from '@cordboard/core';
import { createContext, useContext } from 'react';
import { phoneNumber } from '../format/number.ts';
import { useStore } from '../store.ts';
import type { BoardPicture } from './board-store.ts';
import type { Feed, FeedStatus, OnDesk } from './feed.ts';

export const FeedContext = createContext<Feed | undefined>(undefined);

export const useFeed = (): Feed => {
  const feed = useContext(FeedContext);
  if (feed === undefined) throw new Error('there is no feed around this component');
  return feed;
};

export const useBoard = (): BoardPicture | undefined => useStore(useFeed().board.picture);
export const useFeedStatus = (): FeedStatus => useStore(useFeed().status);
export const useOnDesk = (): OnDesk => useStore(useFeed().desk);

/** One's own state, as told to this desk; until then as the board has it. */
export const useMe = (agentId: string | null): AgentView | undefined => {
  const told = useStore(useFeed().me);
  const board = useBoard();
  if (agentId === null) return undefined;
  return told ?? board?.agents.get(agentId as AgentId);
};

/** The name of a queue as it is called now. */
export const queueName = (queues: readonly QueueSnapshot[], id: string | null): string | undefined =>
  id === null ? undefined : (queues.find((queue) => queue.id === id)?.name ?? id);

/** Whose phone or number something is, as one would say it. */
export const partyName = (agents: BoardPicture['agents'], party: string): string => {
  for (const { extension, name } of agents.values()) if (extension === party) return name;
  return phoneNumber(party);
};

export const useDiffered = (): readonly number[] => useStore(useFeed().differed);

/** The name of whoever has the call. */
export const agentName = (agents: BoardPicture['agents'], { agent, extension }: CallView): string | undefined =>
  agent === null ? (extension ?? undefined) : (agents.get(agent)?.name ?? agent);
