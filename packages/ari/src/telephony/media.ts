import type { Language, Prompt } from '@cordboard/core';
import { largestSpoken, spokenNumber } from './spoken-number.ts';

/** A prompt that Asterisk cannot be asked to play. */
export class PromptNotPlayable extends Error {
  override readonly name = 'PromptNotPlayable';
}

/**
 * A prompt as ARI's media URIs.
 * @throws PromptNotPlayable for a name that is more than a name: a path upwards, another scheme.
 */
export const mediaOf = (prompt: Prompt, language: Language): readonly string[] => {
  if ('number' in prompt) {
    if (!Number.isSafeInteger(prompt.number)) throw new PromptNotPlayable(`${prompt.number} is no whole number`);
    return prompt.number >= 0 && prompt.number <= largestSpoken
      ? spokenNumber(prompt.number, language).map(sound)
      : [`number:${prompt.number}`];
  }
  if ('digits' in prompt) return [...prompt.digits].flatMap((digit) => digitSounds.get(digit) ?? []).map(sound);
  if ('recording' in prompt) {
    if (!recordingName.test(prompt.recording)) throw new PromptNotPlayable(`${prompt.recording} is no recording`);
    return [`recording:${prompt.recording}`];
  }
  if (!soundName.test(prompt.sound) || prompt.sound.includes('..'))
    throw new PromptNotPlayable(`${JSON.stringify(prompt.sound.slice(0, 200))} is no sound's name or address`);
  return [sound(prompt.sound)];
};

const sound = (name: string): string => `sound:${name}`;

/** As Asterisk says them (say.c, say_digit_str_full); what is between digits is not said. */
const digitSounds: ReadonlyMap<string, string> = new Map([
  ...Array.from('0123456789', (digit) => [digit, `digits/${digit}`] as const),
  ['*', 'digits/star'],
  ['#', 'digits/pound'],
  ['-', 'digits/minus'],
]);

/** As call control names them: `c1750000000-12.r3`. */
const recordingName = /^[\w-]+\.r\d+$/;

/** A name below Asterisk's sounds, or an address it fetches the sound from. A comma would begin another sound. */
const soundName = /^(https?:\/\/[\w.~:/?#[\]@!$&'()*+;=%-]+|[\w][\w./-]*)$/;
