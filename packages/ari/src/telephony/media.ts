import type { Prompt } from '@cordboard/core';

/** A prompt that Asterisk cannot be asked to play. */
export class PromptNotPlayable extends Error {
  override readonly name = 'PromptNotPlayable';
}

/**
 * A prompt as ARI's media URI.
 * @throws PromptNotPlayable for a name that is more than a name: a path upwards, another scheme.
 */
export const mediaOf = (prompt: Prompt): string => {
  if ('number' in prompt) {
    if (!Number.isSafeInteger(prompt.number)) throw new PromptNotPlayable(`${prompt.number} is no whole number`);
    return `number:${prompt.number}`;
  }
  if ('digits' in prompt) return `digits:${prompt.digits.replace(/[^0-9*#+a-d-]/gi, '')}`;
  if (!soundName.test(prompt.sound) || prompt.sound.includes('..'))
    throw new PromptNotPlayable(`${JSON.stringify(prompt.sound)} is no sound's name or address`);
  return `sound:${prompt.sound}`;
};

/** A name below Asterisk's sounds, or an address it fetches the sound from. A comma would begin another sound. */
const soundName = /^(https?:\/\/[\w.~:/?#[\]@!$&'()*+;=%-]+|[\w][\w./-]*)$/;
