export { forgetAloneCall, type KeptCall, type KeptCalls, readAloneCalls } from './alone-calls/alone-calls.ts';
export { type AsteriskConnection, type ConnectOptions, connectAsterisk } from './connect-asterisk.ts';
export type { AnswerOf, OperationName, ParametersOf } from './operation/operations.ts';
export { ConfigurationRefused, pushConfiguration } from './provisioning/push-configuration.ts';
export type { WantedConfiguration, WantedPhone, WantedTrunk } from './provisioning/wanted.ts';
export { createStoredRecordings, StillRecording, type StoredRecordings } from './recordings/recordings.ts';
export { askLoad } from './telephony/ask-load.ts';
export { PromptNotPlayable } from './telephony/media.ts';
export { PhoneNotRung } from './telephony/refusal.ts';
export { type MessagesOf, showMessages } from './telephony/show-messages.ts';
export { type AriTelephony, createTelephony, type TelephonyOptions } from './telephony/telephony.ts';
export { callEvents, watchEvents } from './translate/message.ts';
export { translate } from './translate/translate.ts';
export { createAriClientTransport } from './transport/ari-client/ari-client-transport.ts';
export { askVersion } from './transport/ask-version.ts';
export {
  type AriAccess,
  type AriObserver,
  type AriOptions,
  AriRefused,
  type AriState,
  type AriTransport,
  type Permit,
  type RequestOptions,
} from './transport/transport.ts';
export { AsteriskTooOld, abilitiesOf } from './transport/version.ts';
export { createWebsocketTransport } from './transport/websocket/websocket-transport.ts';
export { openWaitingRoom, type WaitingRoomOptions } from './waiting-room.ts';
