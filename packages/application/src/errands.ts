import type { CallEvent, CallId, ChannelId, Command, HttpQuestion } from '@cordboard/core';
import { CarefulDirectory, LookUpLeftOut } from './careful-directory.ts';
import type { TelephonyCommand } from './execute.ts';
import type { CallControlParts } from './parts.ts';
import { LegGone } from './ports/telephony.ts';

/** What is asked of others than Asterisk, or has an answer. */
type Errand = Exclude<Command, TelephonyCommand>;

const errands = {
  IdentifyCaller: true,
  AskHttp: true,
  AskWhetherHeard: true,
  OpenBox: true,
  HearMessage: true,
  DeleteMessage: true,
} as const satisfies Record<Errand['type'], true>;

export const isErrand = (command: Command): command is Errand => Object.hasOwn(errands, command.type);

type Tell = (call: CallId, event: CallEvent) => void;

/** Questions and requests that no mailbox waits for: each call is told the answer when it comes. */
export class Errands {
  readonly #parts: CallControlParts;
  readonly #tell: Tell;
  readonly #customers: CarefulDirectory;

  /** @param tell takes what a call is to hear */
  constructor(parts: CallControlParts, tell: Tell) {
    this.#parts = parts;
    this.#tell = tell;
    this.#customers = new CarefulDirectory(parts.customers, parts.clock, parts.observer);
  }

  /** Never rejects: what failed is reported. */
  run(call: CallId, errand: Errand): Promise<void> {
    switch (errand.type) {
      case 'IdentifyCaller':
        return this.#identify(call, errand.ani);
      case 'AskHttp':
        return this.#askHttp(call, errand);
      case 'AskWhetherHeard':
        return this.#askWhetherHeard(call, errand.leg);
      case 'OpenBox':
        return this.#openBox(call, errand);
      case 'HearMessage':
      case 'DeleteMessage':
        return this.#changeMessage(call, errand);
    }
  }

  /** Asked when what is urgent has left: to put the question takes as much of this process's time as to decide the call. */
  async #identify(call: CallId, ani: string): Promise<void> {
    const { clock, observer } = this.#parts;
    const askedAt = clock.now();
    await new Promise((resolve) => setImmediate(resolve));
    try {
      const identified = await this.#customers.identify(ani);
      this.#tell(call, { type: 'CallerIdentified', at: clock.now(), ...identified, tookMs: clock.now() - askedAt });
    } catch (error) {
      if (!(error instanceof LookUpLeftOut)) observer.identifyFailed(call, error);
      this.#tell(call, { type: 'LookUpFailed', at: clock.now() });
    }
  }

  /** While one call waits for another system, its own prompts and everybody else go on. */
  async #askHttp(call: CallId, question: HttpQuestion): Promise<void> {
    const { clock, lookUps } = this.#parts;
    const askedAt = clock.now();
    const answer = await lookUps.ask(question);
    this.#tell(call, {
      type: 'HttpAnswered',
      at: clock.now(),
      ask: question.ask,
      answer,
      tookMs: clock.now() - askedAt,
    });
  }

  /** What cannot be found out is not told: the call has another deadline. */
  async #askWhetherHeard(call: CallId, leg: ChannelId): Promise<void> {
    const { clock, observer, telephony } = this.#parts;
    try {
      const heard = await telephony.isHeardOf(leg);
      this.#tell(call, { type: 'TrunkHeard', at: clock.now(), leg, heard });
    } catch (error) {
      if (!(error instanceof LegGone)) observer.commandFailed(call, 'AskWhetherHeard', error);
    }
  }

  async #openBox(call: CallId, { ask, box, pin }: Extract<Command, { type: 'OpenBox' }>): Promise<void> {
    const { boxes, clock } = this.#parts;
    const answer = await boxes.open(box, pin);
    this.#tell(call, { type: 'BoxOpened', at: clock.now(), ask, answer });
  }

  async #changeMessage(
    call: CallId,
    { type, message }: Extract<Command, { type: 'HearMessage' | 'DeleteMessage' }>,
  ): Promise<void> {
    const { boxes, observer } = this.#parts;
    try {
      await (type === 'HearMessage' ? boxes.setHeard(message) : boxes.remove(message));
    } catch (error) {
      observer.commandFailed(call, type, error);
    }
  }
}
