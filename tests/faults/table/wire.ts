import { header, type PhoneCall, parseAddress, type UserAgent } from '@cordboard/sip-lab';
import { until } from '../../support/until.ts';

/** What a phone's own log says of one call that came to it. */
export interface Ringing {
  readonly phone: UserAgent;
  readonly call: PhoneCall;
  /** The number in From. */
  readonly from: string;
  readonly at: number;
}

type Log = Pick<UserAgent, 'events' | 'messages' | 'calls'>;

/** When this happened to the call (ms since the epoch), by the log; undefined when it did not. */
export const momentOf = (log: Log, call: Pick<PhoneCall, 'id'>, type: 'established' | 'ended'): number | undefined =>
  log.events.all.find((event) => event.type === type && event.callId === call.id)?.at;

/** The calls that came in since a moment, oldest first, by the INVITEs on the wire. */
export const ringings = (phones: readonly UserAgent[], since: number): readonly Ringing[] =>
  phones
    .flatMap((phone) =>
      phone.calls
        .filter(({ direction, at }) => direction === 'incoming' && at >= since)
        .map((call) => ({ phone, call, from: fromOf(phone, call), at: call.at })),
    )
    .toSorted((one, other) => one.at - other.at);

const fromOf = ({ messages }: Log, { id }: PhoneCall): string => {
  const invite = messages.all.find(({ message }) => message.method === 'INVITE' && header(message, 'call-id') === id);
  return invite === undefined ? '' : parseAddress(header(invite.message, 'from') ?? '').user;
};

/** Resolves with the first call, not yet over, that comes to one of the phones since a moment, and fits. */
export const ringsAt = (
  phones: readonly UserAgent[],
  since: number,
  withinMs: number,
  fits: (ringing: Ringing) => boolean = () => true,
): Promise<Ringing> =>
  until(
    'a phone rings',
    () =>
      ringings(phones, since).find(
        // The INVITE is read from a log, a moment after the phone has told of the call.
        (ringing) =>
          ringing.from !== '' && momentOf(ringing.phone, ringing.call, 'ended') === undefined && fits(ringing),
      ),
    { withinMs, everyMs: 20 },
  );

/** Every call that is up at one of the parties, and not over. */
export const liveCalls = (
  parties: readonly UserAgent[],
): readonly { readonly party: UserAgent; readonly call: PhoneCall }[] =>
  parties.flatMap((party) =>
    party.calls.filter((call) => momentOf(party, call, 'ended') === undefined).map((call) => ({ party, call })),
  );

/** Who has hung up, or may be hung up on, since when: what ends besides has been dropped. */
export class Goodbyes {
  readonly #said = new Map<string, number>();

  /** The calls end from now on, by somebody's wish. */
  to(...calls: readonly Pick<PhoneCall, 'id'>[]): void {
    for (const { id } of calls) if (!this.#said.has(id)) this.#said.set(id, Date.now());
  }

  /** What ended at whatever time after this moment (ms since the epoch) had been no conversation yet. */
  excuse(call: Pick<PhoneCall, 'id'>, since: number): void {
    this.#said.set(call.id, since);
  }

  /** Ends one side of a conversation; the other one may end too. */
  async hangUp(call: PhoneCall, ...others: readonly Pick<PhoneCall, 'id'>[]): Promise<void> {
    this.to(call, ...others);
    await call.hangUp();
  }

  /** Established calls since a moment that ended without anybody's wish. */
  dropped<Party extends UserAgent>(
    parties: readonly Party[],
    since: number,
  ): readonly { readonly party: Party; readonly at: number; readonly call: PhoneCall }[] {
    return parties.flatMap((party) =>
      party.calls.flatMap((call) => {
        const [up, over] = [momentOf(party, call, 'established'), momentOf(party, call, 'ended')];
        if (call.at < since || up === undefined || over === undefined) return [];
        const wished = this.#said.get(call.id);
        return wished !== undefined && over >= wished - clockMs ? [] : [{ party, at: over, call }];
      }),
    );
  }
}

/** How far apart two logs of this process may date one moment. */
const clockMs = 20;
