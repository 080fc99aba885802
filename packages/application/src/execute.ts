import type { Command } from '@cordboard/core';
import type { Telephony } from './ports/telephony.ts';

/** Commands that go to Asterisk; what is asked of others, or has an answer, is another errand. */
export type TelephonyCommand = Exclude<
  Command,
  { type: 'IdentifyCaller' | 'AskHttp' | 'AskWhetherHeard' | 'OpenBox' | 'HearMessage' | 'DeleteMessage' }
>;

/** One command, one request: the compiler keeps the list complete. */
export const execute = (telephony: Telephony, command: TelephonyCommand): Promise<void> => {
  switch (command.type) {
    case 'Answer':
      return telephony.answer(command.channel);
    case 'IndicateRinging':
      return telephony.indicateRinging(command.channel);
    case 'StopRinging':
      return telephony.stopRinging(command.channel);
    case 'NotifyTransfer':
      return telephony.notifyTransfer(command.channel, command.outcome);
    case 'Part':
      return telephony.part(command.bridge, command.channel);
    case 'Play':
      return telephony.play(command.channel, command.playback, command.prompts, command.language);
    case 'StopPlaying':
      return telephony.stopPlaying(command.playback);
    case 'StartMusic':
      return telephony.startMusic(command.channel, command.music);
    case 'RingPhone':
      return telephony.ringPhone(command);
    case 'RingOutside':
      return telephony.ringOutside(command);
    case 'Record':
      return telephony.record(command);
    case 'StopRecording':
      return telephony.stopRecording(command.recording);
    case 'Connect':
      return telephony.connect(
        command.bridge,
        [command.caller, command.leg],
        command.music ? { musicOf: command.caller } : {},
      );
    case 'Join':
      return telephony.connect(command.bridge, [command.leg], {});
    case 'DestroyBridge':
      return telephony.destroyBridge(command.bridge);
    case 'HangUp':
      return telephony.hangUp(command.channel, command.cause);
  }
};
