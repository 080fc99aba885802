import type { Card, ClientEvents, ServerEvents } from '@cordboard/contracts';
import { io, type Socket } from 'socket.io-client';
import type { Person } from './api.ts';
import { NeverCame } from './until.ts';

/** What an agent's page was told of cards, and when, ms since the epoch. */
export type DeskNews =
  | { readonly type: 'open'; readonly at: number; readonly call: string; readonly card: Card }
  | { readonly type: 'update'; readonly at: number; readonly call: string; readonly card: Card }
  | { readonly type: 'withdraw'; readonly at: number; readonly call: string; readonly because: string };

/** An agent's page without the page: what it is told of cards. */
export class DeskWatch {
  readonly news: DeskNews[] = [];
  readonly #socket: Socket<ServerEvents, ClientEvents>;
  readonly #listeners = new Set<() => void>();

  private constructor(socket: Socket<ServerEvents, ClientEvents>) {
    this.#socket = socket;
    socket.on('card:open', (card) => this.#hear({ type: 'open', at: Date.now(), call: card.call, card }));
    socket.on('card:update', (card) => this.#hear({ type: 'update', at: Date.now(), call: card.call, card }));
    socket.on('card:withdraw', ({ call, because }) => this.#hear({ type: 'withdraw', at: Date.now(), call, because }));
  }

  static async open(person: Person): Promise<DeskWatch> {
    const socket: Socket<ServerEvents, ClientEvents> = io(person.url, {
      transports: ['websocket'],
      extraHeaders: { cookie: person.cookie, origin: person.url },
      forceNew: true,
    });
    const watch = new DeskWatch(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect_error', reject);
      socket.once('connect', () => socket.emit('board:watch', () => resolve()));
    });
    return watch;
  }

  /**
   * The first news, past or coming, of this type that fits.
   * @throws NeverCame
   */
  hears<Type extends DeskNews['type']>(
    type: Type,
    fits: (news: Extract<DeskNews, { type: Type }>) => boolean = () => true,
    withinMs = 5000,
  ): Promise<Extract<DeskNews, { type: Type }>> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        const found = this.news.find(
          (one): one is Extract<DeskNews, { type: Type }> =>
            one.type === type && fits(one as Extract<DeskNews, { type: Type }>),
        );
        if (found === undefined) return;
        clearTimeout(timer);
        this.#listeners.delete(settle);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#listeners.delete(settle);
        reject(new NeverCame(`the page never heard ${type}; it heard ${JSON.stringify(this.news)}`));
      }, withinMs);
      this.#listeners.add(settle);
      settle();
    });
  }

  /** From now on only what is heard from now on counts. */
  forget(): void {
    this.news.length = 0;
  }

  close(): void {
    this.#socket.close();
  }

  #hear(news: DeskNews): void {
    this.news.push(news);
    for (const listener of [...this.#listeners]) listener();
  }
}
