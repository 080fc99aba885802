import {
  type CallCommand,
  type CallEvent,
  type CallId,
  type ChannelId,
  type Command,
  callOf,
  type Instant,
  type PlaybackId,
  type RecordingId,
} from '@cordboard/core';
import { Errands, isErrand } from './errands.ts';
import { execute, type TelephonyCommand } from './execute.ts';
import { Mailboxes } from './mailbox.ts';
import type { CallControlParts } from './parts.ts';
import { LegGone } from './ports/telephony.ts';

type Tell = (call: CallId, event: CallEvent) => void;

/** Carries out what has been decided: what belongs to one call, one after another. */
export class Hands {
  readonly #parts: CallControlParts;
  readonly #tell: Tell;
  readonly #mailboxes = new Mailboxes<CallId>();
  readonly #errands: Errands;
  #stopped = false;

  /** @param tell takes what a call is to hear of how it went */
  constructor(parts: CallControlParts, tell: Tell) {
    this.#parts = parts;
    this.#tell = tell;
    this.#errands = new Errands(parts, tell);
  }

  do(commands: readonly CallCommand[]): void {
    const isRungFor = new Set(commands.flatMap(({ call, command }) => (command.type === 'RingPhone' ? [call] : [])));
    const turns = commands.map((each) => ({ ...each, turn: turnOf(each, isRungFor) }));
    for (const { call, command, turn } of turns) if (turn === 'first') this.#begin(call, command);
    // Two people wait for a phone that is to ring. It need not wait until its caller has been answered and hears music,
    // nor until another call has been taken down: those are other channels.
    const ringing = turns.flatMap(({ call, command }) =>
      command.type === 'RingPhone' ? [{ call, done: this.#carryOut(call, command) }] : [],
    );
    for (const { call, command, turn } of turns) {
      if (turn === 'soon') this.#pause(call);
      if (turn === 'soon' || turn === 'then') this.#begin(call, command);
    }
    for (const { call, done } of ringing) this.#mailboxes.waitFor(call, done);
  }

  perform(call: CallId, command: TelephonyCommand): void {
    this.#mailboxes.post(call, () => this.#carryOut(call, command));
  }

  #begin(call: CallId, command: Command): void {
    if (isErrand(command)) void this.#errands.run(call, command);
    else this.perform(call, command);
  }

  /** Until Asterisk has had the time to ring the phone that the next caller waits for. */
  #pause(call: CallId): void {
    const { clock } = this.#parts;
    const at = (clock.now() + takeDownAfterMs) as Instant;
    this.#mailboxes.post(call, () => new Promise<void>((resolve) => void clock.alarm(at, resolve)));
  }

  /** Whether requests of this call are under way to Asterisk. */
  isBusy(call: CallId): boolean {
    return this.#mailboxes.isBusy(call);
  }

  /** Does nothing more; what is under way ends. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#mailboxes.idle();
  }

  async #carryOut(call: CallId, command: TelephonyCommand): Promise<void> {
    const { clock, observer, telephony } = this.#parts;
    const decidedAt = clock.now();
    if (this.#stopped) return;
    try {
      await execute(telephony, command);
      observer.commandDone(command.type, clock.now() - decidedAt);
    } catch (error) {
      this.#failed(call, command, error);
    }
  }

  /** Whoever waits for the outcome is told; that a leg has just gone is ordinary, and its end is told by its own event. */
  #failed(call: CallId, command: TelephonyCommand, error: unknown): void {
    const { clock, observer } = this.#parts;
    const isGone = error instanceof LegGone;
    if (!isGone) observer.commandFailed(call, command.type, error);
    // No phone can ring for a caller who has gone: that is no fault of the phone's, and the caller's end is on its way.
    if (isGone && command.type === 'RingPhone') return;
    const what = failureOf(command);
    if (what !== undefined)
      this.#tell(call, { type: 'CommandFailed', at: clock.now(), command: command.type, ...what });
  }
}

/**
 * A phone whose call is over is let go before it is rung for the next. The rest of what is over is taken down when that phone has
 * been asked to ring: it takes Asterisk some milliseconds of its processors, and nobody waits for it.
 */
const turnOf = ({ call, command }: CallCommand, isRungFor: ReadonlySet<CallId>): 'first' | 'ring' | 'then' | 'soon' => {
  if (command.type === 'RingPhone') return 'ring';
  if (isRungFor.size === 0 || isRungFor.has(call)) return 'then';
  if (command.type === 'HangUp') return callOf(command.channel) === call ? 'soon' : 'first';
  return command.type === 'DestroyBridge' ? 'soon' : 'then';
};
const takeDownAfterMs = 3;

/** Which failures the call itself must hear of. */
const failureOf = (
  command: TelephonyCommand,
): { leg: ChannelId } | { playback: PlaybackId } | { recording: RecordingId } | undefined => {
  if (command.type === 'RingPhone' || command.type === 'RingOutside') return { leg: command.leg };
  if (command.type === 'Record') return { recording: command.recording };
  return command.type === 'Play' ? { playback: command.playback } : undefined;
};
