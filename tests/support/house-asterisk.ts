import { askAri } from '../integration/embedded-lab.ts';

/** The house's Asterisk, asked directly: what is really there, whatever the applications believe. */
export interface AsteriskTruth {
  channels(): Promise<readonly ChannelThere[]>;
  /** How many bridges there are, of whatever kind. */
  bridges(): Promise<number>;
  /** The names of the endpoints that Asterisk knows. */
  endpoints(): Promise<readonly string[]>;
  /** How many RTP packets Asterisk has sent to a channel so far. */
  packetsSentTo(channel: string): Promise<number>;
  variable(channel: string, name: string): Promise<string | undefined>;
  /** Whether the call leaves a message now. */
  isRecording(call: string): Promise<boolean>;
  /** What is being played under this id, as `sound:cordboard/welcome`; undefined when nothing is. */
  playing(playback: string): Promise<string | undefined>;
}

export interface ChannelThere {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly caller: { readonly name: string; readonly number: string };
}

export const asteriskTruth = (asterisk: Parameters<typeof askAri>[0]): AsteriskTruth => {
  const get = async <Answer>(path: string): Promise<Answer> => {
    const { status, body } = await askAri(asterisk, 'GET', path);
    if (status !== 200) throw new Error(`Asterisk answers ${path} with ${status}: ${JSON.stringify(body)}`);
    return body as Answer;
  };
  return {
    channels: () => get('channels'),
    bridges: async () => (await get<unknown[]>('bridges')).length,
    // Not `endpoints/PJSIP`, which answers 404 while there is none.
    endpoints: async () => (await get<{ resource: string }[]>('endpoints')).map(({ resource }) => resource),
    packetsSentTo: async (channel) =>
      (await get<{ txcount: number }>(`channels/${encodeURIComponent(channel)}/rtp_statistics`)).txcount,
    variable: async (channel, name) =>
      (await get<{ value: string }>(`channels/${encodeURIComponent(channel)}/variable?variable=${name}`)).value,
    // Asterisk has no list of what it records; a call has made few things before.
    isRecording: async (call) => {
      const names = Array.from({ length: 9 }, (_, made) => `${call}.r${made + 1}`);
      const answers = await Promise.all(names.map((name) => askAri(asterisk, 'GET', `recordings/live/${name}`)));
      return answers.some(({ status }) => status === 200);
    },
    async playing(playback) {
      const { status, body } = await askAri(asterisk, 'GET', `playbacks/${encodeURIComponent(playback)}`);
      return status === 200 ? (body as { media_uri: string }).media_uri : undefined;
    },
  };
};
