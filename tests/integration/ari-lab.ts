import { join } from 'node:path';
import type { AriAccess, AriOptions, AriState, AriTransport } from '@cordboard/ari';
import { type Asterisk, startAsterisk } from '@cordboard/embedded';
import { until } from '../support/until.ts';
import { askAri, type Lab, openLab } from './embedded-lab.ts';

/** One Asterisk alone, that can be killed and started again on the same ports with what it remembers. */
export interface AriLab {
  readonly lab: Lab;
  readonly asterisk: Asterisk;
  readonly access: AriAccess;
  /** Ends it by SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again. */
  start(): Promise<void>;
  /** Ends it in good order, and starts it again. What was pushed in the last second before a kill is not kept. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The application that the dialplan gives calls to. */
export const app = 'cordboard-1';

export const openAriLab = async (): Promise<AriLab> => {
  const lab = await openLab();
  const start = (): Promise<Asterisk> =>
    startAsterisk({
      root: lab.root,
      media: lab.media,
      folder: join(lab.folder, 'asterisk'),
      ports: lab.ports,
      ari: { user: 'cordboard', password: 'of-the-laboratory' },
      app,
    });
  let asterisk = await start();
  return {
    lab,
    get asterisk() {
      return asterisk;
    },
    access: asterisk.ari,
    async kill() {
      asterisk.kill('SIGKILL');
      await asterisk.exited;
    },
    async start() {
      asterisk = await start();
    },
    async restart() {
      await asterisk.stop();
      asterisk = await start();
    },
    async close() {
      await asterisk.stop();
      await lab.clear();
    },
  };
};

/** A way to make either transport. */
export type CreateTransport = (options: AriOptions) => AriTransport;

/** What a transport says, kept. */
export interface Heard {
  readonly states: AriState[];
  readonly events: { readonly type: string; readonly eventname?: string }[];
  /** Why connections were lost or not made, in order. */
  readonly losses: string[];
  readonly malformed: string[];
}

/** Makes a transport, and listens to it. */
export const listenTo = (create: CreateTransport, options: AriOptions): AriTransport & Heard => {
  const [states, events, losses, malformed]: [AriState[], Heard['events'], string[], string[]] = [[], [], [], []];
  const transport = create({
    observer: {
      connectionLost: (_, because) => losses.push(because),
      messageMalformed: (what) => malformed.push(what),
    },
    ...options,
  });
  transport.onState((state) => states.push(state));
  transport.onEvent((event) => events.push(event as Heard['events'][number]));
  return { ...transport, states, events, losses, malformed };
};

/** Resolves when it can be asked, or can be asked again after `count` times. */
export const whenConnected = ({ states }: Heard, count = 1): Promise<unknown> =>
  until(
    `connected for the ${count}th time`,
    () => states.filter(({ is }) => is === 'connected').length >= count && states.at(-1)?.is === 'connected',
    { withinMs: 15_000 },
  );

/** Sends an application an event of the type ChannelUserevent, past the transport. */
export const sayTo = async (asterisk: Pick<Asterisk, 'ari'>, application: string, name: string): Promise<void> => {
  const { status } = await askAri(asterisk, 'POST', `events/user/${name}?application=${application}`);
  if (status !== 204) throw new Error(`the user event ${name} was answered with ${status}`);
};
