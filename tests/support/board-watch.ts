import type { BoardDelta, BoardSnapshot, ClientEvents, ServerEvents } from '@cordboard/contracts';
import type { AgentView, CallView, QueueSnapshot } from '@cordboard/core';
import { io, type Socket } from 'socket.io-client';
import type { Person } from './api.ts';
import { NeverCame } from './until.ts';

/** A supervisor's page without the page: holds the board as a browser would, and tells when it shows something. */
export class BoardWatch {
  readonly socket: Socket<ServerEvents, ClientEvents>;
  readonly queues = new Map<string, QueueSnapshot>();
  readonly agents = new Map<string, AgentView>();
  readonly calls = new Map<string, CallView>();
  /** Every numbered message, in order: for tests that look at the numbering. */
  readonly sequence: number[] = [];
  readonly #listeners = new Set<() => void>();

  private constructor(socket: Socket<ServerEvents, ClientEvents>) {
    this.socket = socket;
    socket.on('board:snapshot', (snapshot) => this.#take(snapshot));
    socket.on('board:delta', (delta) => this.#change(delta));
  }

  static async open(person: Person): Promise<BoardWatch> {
    const socket: Socket<ServerEvents, ClientEvents> = io(person.url, {
      transports: ['websocket'],
      extraHeaders: { cookie: person.cookie, origin: person.url },
      forceNew: true,
    });
    const watch = new BoardWatch(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect_error', reject);
      socket.once('connect', () =>
        socket.emit('board:watch', (snapshot) => {
          watch.#take(snapshot);
          resolve();
        }),
      );
    });
    return watch;
  }

  /** Resolves as soon as the board shows it. */
  shows<Answer>(what: string, look: (board: this) => Answer | undefined | false, withinMs = 10_000): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (): boolean => {
        const answer = look(this);
        if (answer === undefined || answer === false) return false;
        clearTimeout(timer);
        this.#listeners.delete(settle);
        resolve(answer);
        return true;
      };
      const timer = setTimeout(() => {
        this.#listeners.delete(settle);
        reject(
          new NeverCame(
            `the board never showed ${what}; it has ${JSON.stringify({ calls: [...this.calls.values()], agents: [...this.agents.values()].map(({ id, state }) => `${id}: ${state}`) })}`,
          ),
        );
      }, withinMs);
      this.#listeners.add(settle);
      settle();
    });
  }

  close(): void {
    this.socket.close();
  }

  #take({ board, seq }: BoardSnapshot): void {
    this.sequence.push(seq);
    this.queues.clear();
    this.agents.clear();
    this.calls.clear();
    for (const queue of board.queues) this.queues.set(queue.id, queue);
    for (const agent of board.agents) this.agents.set(agent.id, agent);
    for (const call of board.calls) this.calls.set(call.id, call);
    this.#tell();
  }

  #change({ agents = [], calls = [], gone = [], queues = [], seq }: BoardDelta): void {
    this.sequence.push(seq);
    for (const queue of queues) this.queues.set(queue.id, queue);
    for (const agent of agents) this.agents.set(agent.id, agent);
    for (const call of calls) this.calls.set(call.id, call);
    for (const id of gone) this.calls.delete(id);
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
