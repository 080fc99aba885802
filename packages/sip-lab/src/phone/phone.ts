import type { Codec } from '../baresip/config.ts';
import type { SpawnInRoot } from '../spawn-in-root.ts';
import { type CurrentCall, currentCall } from './current-call.ts';
import { startUserAgent, type UserAgent } from './user-agent.ts';

/** A desk phone that is, or tries to be, registered. */
export interface Phone extends UserAgent, CurrentCall {
  readonly extension: string;
  /**
   * Settles with the first answer to its registration.
   * @throws RegistrationFailed when that is a refusal
   */
  readonly registered: Promise<void>;
  /** Takes its registration back, as a phone does that is switched off. */
  unregister(): Promise<void>;
  /** Registers anew after `unregister`, and waits for the answer. */
  register(): Promise<void>;
}

/** How to start a phone. */
export interface PhoneOptions {
  readonly spawn: SpawnInRoot;
  /** Where it keeps its files, on the host. */
  readonly folder: string;
  readonly registrar: { readonly host: string; readonly port: number };
  readonly extension: string;
  readonly password: string;
  readonly displayName?: string;
  /** The address it binds to; 127.0.0.1. */
  readonly host?: string;
  /** A free one when not given. */
  readonly sipPort?: number;
  /** The tone of its microphone, in Hz; 880. */
  readonly tone?: number;
  /** In order of preference; G.711 µ-law and A-law. */
  readonly codec?: Codec | readonly Codec[];
  /** Answers when told, or by itself so long after the first ring; when told. */
  readonly answer?: 'manual' | { readonly afterMs: number };
  /** For a phone that takes calls all day: it keeps no sound, and of what happened the last few calls. */
  readonly forgetful?: boolean;
}

/** The registrar said no, or nothing. */
export class RegistrationFailed extends Error {
  override readonly name = 'RegistrationFailed';
}

/**
 * Starts a desk phone: baresip with one account. It speaks a pure tone and keeps what it hears.
 * @returns at once when it is running; await `registered` before calling it.
 */
export const startPhone = async (options: PhoneOptions): Promise<Phone> => {
  const { extension, password, displayName, registrar, answer = 'manual', codec = ['pcmu', 'pcma'] } = options;
  const { userAgent, account } = await startUserAgent({
    spawn: options.spawn,
    folder: options.folder,
    host: options.host ?? '127.0.0.1',
    ...(options.sipPort === undefined ? {} : { sipPort: options.sipPort }),
    tone: options.tone ?? 880,
    forgetful: options.forgetful ?? false,
    codecs: typeof codec === 'string' ? [codec] : codec,
    account: {
      user: extension,
      password,
      ...registrar,
      ...(displayName === undefined ? {} : { displayName }),
      ...(answer === 'manual' ? {} : { answerAfterMs: answer.afterMs }),
    },
  });

  const register = async (): Promise<void> => {
    const since = Date.now();
    await account.add();
    const { type, detail } = await userAgent.events.first(
      (event) => event.type === 'registered' || event.type === 'registration-failed',
      { withinMs: registerWithinMs, since, what: `${extension} had no answer to its registration` },
    );
    if (type === 'registration-failed') throw new RegistrationFailed(`${extension}: ${detail ?? 'no reason given'}`);
  };
  const registered = register();
  // A phone that nobody awaits may fail to register without ending the process; whoever awaits it is told.
  registered.catch(() => undefined);

  return { ...userAgent, ...currentCall(userAgent), extension, registered, register, unregister: account.remove };
};

/** RFC 3261's timer F: a request without an answer fails after 32 s. */
const registerWithinMs = 35_000;
