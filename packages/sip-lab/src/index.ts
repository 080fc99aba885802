export { type Codec, NotSayable } from './baresip/config.ts';
export { CommandRefused } from './baresip/control.ts';
export {
  type Carrier,
  type CarrierBehaviour,
  type CarrierCall,
  type CarrierOptions,
  startCarrier,
} from './carrier/carrier.ts';
export type { Happening, History, Wish } from './history.ts';
export { type Caller, type CallerOptions, startCaller } from './phone/caller.ts';
export { type CurrentCall, NoCall } from './phone/current-call.ts';
export { type Phone, type PhoneOptions, RegistrationFailed, startPhone } from './phone/phone.ts';
export { CallEnded, type PhoneCall } from './phone/phone-call.ts';
export type { PhoneEvent, PhoneEventType } from './phone/phone-event.ts';
export type { IncomingCall, MessageEvent, UserAgent } from './phone/user-agent.ts';
export { freeTcpPort, freeUdpPort } from './ports.ts';
export { header, type NamedAddress, parseAddress, parseSipMessage, type SipMessage } from './sip/message.ts';
export { parseMessageLog, type SippMessage } from './sipp/message-log.ts';
export type { SippOptions, SippResult } from './sipp/options.ts';
export { agentScenario, type Behaviour, type CalledScenario } from './sipp/scenario/called.ts';
export { type CallerScenario, callerScenario, type Keys } from './sipp/scenario/caller.ts';
export { type RegisterScenario, registerScenario } from './sipp/scenario/register.ts';
export type { StreamCodec } from './sipp/scenario/session.ts';
export type { Duration, Value } from './sipp/scenario/xml.ts';
export { type SipTimes, sipTimes } from './sipp/sip-times.ts';
export { runSipp, type Sipp, SippFailed, startSipp } from './sipp/sipp.ts';
export { encodeTone } from './sound/g711.ts';
export { goertzel } from './sound/goertzel.ts';
export { levelDb, silence, silenceDb } from './sound/level.ts';
export { between, durationMs, type Recording, type Span } from './sound/recording.ts';
export { gaps, type ToneSense, toneBegins, tonePresence, toneSense } from './sound/tone.ts';
export { encodeWav, NotWav, parseWav, readWav } from './sound/wav.ts';
export { insideFolder, type SpawnInRoot } from './spawn-in-root.ts';
export { NotInTime, type Patience } from './within.ts';
