import type { BoardDelta, BoardSnapshot, Session } from '@cordboard/contracts';
import { type AgentId, type BoardChange, type BoardProjection, type Instant, instant } from '@cordboard/core';
import { Audience, everything, onlyOwn } from './audience.ts';
import { Pace } from './pace.ts';

/** What those who watch in a room are told. */
export interface BoardOutlet {
  delta(room: string, delta: BoardDelta): void;
  snapshot(room: string, snapshot: BoardSnapshot): void;
}

/** A change is on its way at once; a storm of changes is told a hundred times a second. */
const gapMs = 10;
/** Figures of the queues, on the pages of agents: they glance at them. */
const agentsGapMs = 1000;

interface Seats {
  readonly room: string;
  readonly audience: Audience;
  readonly prompt: Pace;
  readonly leisurely: Pace;
}

/** Every so many seconds the checksum of what has been told is told too; agents' pages show little, and go by the numbers. */
const sumEverySeconds = 5;

/** How far a room has been told. */
interface Told {
  readonly room: string;
  readonly epoch: string;
  readonly seq: number;
  readonly sum?: number;
}

type User = Pick<Session['user'], 'role' | 'agentId'>;

/** The board, told to each audience at its own pace: one for supervisors and administrators, one for each agent. */
export class Boards {
  readonly #board: BoardProjection;
  readonly #outlet: BoardOutlet;
  readonly #now: () => Instant;
  readonly #seats = new Map<string, Seats>();
  #date: string | undefined;
  #ticks = 0;

  constructor(board: BoardProjection, outlet: BoardOutlet, now: () => Instant = () => instant(Date.now())) {
    this.#board = board;
    this.#outlet = outlet;
    this.#now = now;
  }

  /** Where somebody watches; whoever is in this room hears every delta from now on. */
  roomOf(user: User): string {
    return this.#seatsOf(user).room;
  }

  snapshotFor(user: User): BoardSnapshot {
    return this.#seatsOf(user).audience.snapshot(this.#now());
  }

  changed(changes: readonly BoardChange[], renewed: boolean): void {
    for (const seats of this.#seats.values()) {
      let concerns = false;
      for (const change of changes) concerns = seats.audience.take(change) || concerns;
      if (renewed) this.#outlet.snapshot(seats.room, seats.audience.fresh(this.#now()));
      else (concerns || seats.room === leadsRoom ? seats.prompt : seats.leisurely).ask();
    }
  }

  /** Each second: how far each room has been told; and a new day's figures, which no fact announces. */
  tick(): readonly Told[] {
    this.#lookForMidnight();
    this.#ticks += 1;
    return [...this.#seats.values()].map(({ room, audience }) => {
      const { epoch, seq } = audience;
      const isDue = room === leadsRoom && this.#ticks % sumEverySeconds === 0;
      const sum = isDue ? audience.sum(this.#now()) : undefined;
      return { room, epoch, seq, ...(sum === undefined ? {} : { sum }) };
    });
  }

  /** Nobody is in the room any more. */
  left(room: string): void {
    const seats = this.#seats.get(room);
    seats?.prompt.stop();
    seats?.leisurely.stop();
    this.#seats.delete(room);
  }

  stop(): void {
    for (const room of [...this.#seats.keys()]) this.left(room);
  }

  #seatsOf({ role, agentId }: User): Seats {
    const room = role === 'agent' ? `board of ${agentId ?? ''}` : leadsRoom;
    const known = this.#seats.get(room);
    if (known !== undefined) return known;
    const sight = role === 'agent' ? onlyOwn((agentId ?? undefined) as AgentId | undefined) : everything;
    const audience = new Audience(this.#board, sight);
    const tell = (): void => {
      const delta = audience.delta(this.#now());
      if (delta !== undefined) this.#outlet.delta(room, delta);
    };
    const seats = { room, audience, prompt: new Pace(gapMs, tell), leisurely: new Pace(agentsGapMs, tell) };
    this.#seats.set(room, seats);
    return seats;
  }

  #lookForMidnight(): void {
    const { queues } = this.#board.snapshot(this.#now());
    const date = queues[0]?.today.date;
    if (date !== undefined && this.#date !== undefined && date !== this.#date)
      this.changed([{ queues: queues.map(({ id }) => id), agents: [], calls: [], gone: [] }], false);
    this.#date = date;
  }
}

const leadsRoom = 'board';
