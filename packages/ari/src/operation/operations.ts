import { z } from 'zod';
import { Application, AsteriskInfo, Bridge, Channel, Endpoint, Field } from './answers.ts';
import type { Operation } from './operation.ts';

const operation = <Parameters, Answer = void>(shape: Operation<Parameters, Answer>): Operation<Parameters, Answer> =>
  shape;

type None = Record<never, never>;
type OfChannel = { readonly channelId: string };
type OfObject = { readonly configClass: 'res_pjsip'; readonly objectType: string; readonly id: string };

/** Rings an endpoint; the channel enters the application when it is answered. */
export interface Originate extends OfChannel {
  readonly endpoint: string;
  readonly app: string;
  readonly appArgs: string;
  readonly callerId: string;
  /** For whom it is rung: in their codec, if the endpoint has it. */
  readonly originator?: string;
  /** In seconds; -1: for ever. */
  readonly timeout: number;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a phone that asked for a transfer is told: SIP 100, 200, 503, 603. */
type TransferState = 'channel_progress' | 'channel_answered' | 'channel_unavailable' | 'channel_declined';

/** Has the dialplan do something, by a channel that nobody answers. */
export interface RunDialplan {
  /** `Local/101@lamp/n` */
  readonly endpoint: string;
  /** Where an answered channel would go. */
  readonly context: string;
  readonly extension: string;
  /** In seconds. */
  readonly timeout: number;
  readonly variables: Readonly<Record<string, string>>;
}

/** Every operation used, by ARI's resource and nickname (https://docs.asterisk.org, `rest-api/*.json` of the package). */
export const operations = {
  'asterisk.getInfo': operation<{ readonly only: 'system' | 'system,status' }, z.output<typeof AsteriskInfo>>({
    method: 'GET',
    path: 'asterisk/info',
    answer: AsteriskInfo,
  }),
  'asterisk.getObject': operation<OfObject, Field[]>({
    method: 'GET',
    path: 'asterisk/config/dynamic/{configClass}/{objectType}/{id}',
    answer: z.array(Field),
  }),
  'asterisk.updateObject': operation<OfObject & { readonly fields: readonly Field[] }>({
    method: 'PUT',
    path: 'asterisk/config/dynamic/{configClass}/{objectType}/{id}',
  }),
  'asterisk.deleteObject': operation<OfObject>({
    method: 'DELETE',
    path: 'asterisk/config/dynamic/{configClass}/{objectType}/{id}',
  }),
  /** A function of the dialplan can be written so, if it is none that `live_dangerously` keeps from ARI. */
  'asterisk.setGlobalVar': operation<{ readonly variable: string; readonly value: string }>({
    method: 'POST',
    path: 'asterisk/variable',
  }),
  'applications.get': operation<{ readonly applicationName: string }, z.output<typeof Application>>({
    method: 'GET',
    path: 'applications/{applicationName}',
    answer: Application,
    isList: true,
  }),
  'applications.filter': operation<{
    readonly applicationName: string;
    readonly filter: { readonly allowed: readonly { readonly type: string }[] };
  }>({ method: 'PUT', path: 'applications/{applicationName}/eventFilter', body: 'filter' }),
  'applications.subscribe': operation<{ readonly applicationName: string; readonly eventSource: string }>({
    method: 'POST',
    path: 'applications/{applicationName}/subscription',
  }),
  'channels.list': operation<None, Channel[]>({
    method: 'GET',
    path: 'channels',
    answer: z.array(Channel),
    isList: true,
  }),
  'channels.get': operation<OfChannel, Channel>({ method: 'GET', path: 'channels/{channelId}', answer: Channel }),
  /** A channel that calls nobody yet. */
  'channels.create': operation<OfChannel & { readonly endpoint: string; readonly app: string }>({
    method: 'POST',
    path: 'channels/create',
  }),
  'channels.originate': operation<Originate | RunDialplan>({ method: 'POST', path: 'channels' }),
  'channels.move': operation<OfChannel & { readonly app: string; readonly appArgs: string }>({
    method: 'POST',
    path: 'channels/{channelId}/move',
  }),
  'channels.hangup': operation<OfChannel & { readonly reason_code: string }>({
    method: 'DELETE',
    path: 'channels/{channelId}',
  }),
  'channels.answer': operation<OfChannel>({ method: 'POST', path: 'channels/{channelId}/answer' }),
  'channels.ring': operation<OfChannel>({ method: 'POST', path: 'channels/{channelId}/ring' }),
  'channels.ringStop': operation<OfChannel>({ method: 'DELETE', path: 'channels/{channelId}/ring' }),
  'channels.transfer_progress': operation<OfChannel & { readonly states: TransferState }>({
    method: 'POST',
    path: 'channels/{channelId}/transfer_progress',
  }),
  'channels.startMoh': operation<OfChannel & { readonly mohClass: string }>({
    method: 'POST',
    path: 'channels/{channelId}/moh',
  }),
  'channels.stopMoh': operation<OfChannel>({ method: 'DELETE', path: 'channels/{channelId}/moh' }),
  /** Several media go as one list: of a repeated parameter only the last is played. */
  'channels.play': operation<
    OfChannel & { readonly playbackId: string; readonly media: readonly string[]; readonly lang: string }
  >({ method: 'POST', path: 'channels/{channelId}/play' }),
  'channels.record': operation<
    OfChannel & {
      readonly name: string;
      readonly format: string;
      readonly maxDurationSeconds: number;
      readonly maxSilenceSeconds: number;
      readonly ifExists: 'fail' | 'overwrite' | 'append';
      readonly beep: boolean;
      readonly terminateOn: string;
    }
  >({ method: 'POST', path: 'channels/{channelId}/record' }),
  'channels.getChannelVar': operation<OfChannel & { readonly variable: string }, { value: string }>({
    method: 'GET',
    path: 'channels/{channelId}/variable',
    answer: z.object({ value: z.string() }),
  }),
  'bridges.list': operation<None, z.output<typeof Bridge>[]>({
    method: 'GET',
    path: 'bridges',
    answer: z.array(Bridge),
    isList: true,
  }),
  'bridges.create': operation<{ readonly bridgeId: string; readonly type: string; readonly name: string }>({
    method: 'POST',
    path: 'bridges',
  }),
  'bridges.addChannel': operation<{ readonly bridgeId: string; readonly channel: readonly string[] }>({
    method: 'POST',
    path: 'bridges/{bridgeId}/addChannel',
  }),
  'bridges.removeChannel': operation<{ readonly bridgeId: string; readonly channel: readonly string[] }>({
    method: 'POST',
    path: 'bridges/{bridgeId}/removeChannel',
  }),
  'bridges.destroy': operation<{ readonly bridgeId: string }>({ method: 'DELETE', path: 'bridges/{bridgeId}' }),
  'recordings.stop': operation<{ readonly recordingName: string }>({
    method: 'POST',
    path: 'recordings/live/{recordingName}/stop',
  }),
  'playbacks.stop': operation<{ readonly playbackId: string }>({ method: 'DELETE', path: 'playbacks/{playbackId}' }),
  'endpoints.list': operation<None, z.output<typeof Endpoint>[]>({
    method: 'GET',
    path: 'endpoints',
    answer: z.array(Endpoint),
    isList: true,
  }),
} as const;

export type OperationName = keyof typeof operations;

export type ParametersOf<Name extends OperationName> = NonNullable<(typeof operations)[Name]['parameters']>;

export type AnswerOf<Name extends OperationName> =
  (typeof operations)[Name] extends Operation<infer _, infer Answer> ? Answer : never;
