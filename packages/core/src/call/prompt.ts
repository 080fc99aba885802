import type { RecordingId } from '../ids.ts';
import type { SayNode } from '../policy/flow.ts';
import type { Common } from './state.ts';

/** One thing to be heard: a sound, a caller's message, or what Asterisk's own grammar speaks in the channel's language. */
export type Prompt =
  | { readonly sound: string }
  | { readonly recording: RecordingId }
  | { readonly number: number }
  | { readonly digits: string };

export const sounds = (names: readonly string[]): readonly Prompt[] => names.map((sound) => ({ sound }));

/** What this caller is told: the first variant that fits their language and segment, or what is said to everybody. */
export const soundsFor = (
  { sounds: toEverybody, variants = [] }: Pick<SayNode, 'sounds' | 'variants'>,
  { language, customer }: Pick<Common, 'language' | 'customer'>,
): readonly string[] =>
  variants.find(
    (variant) =>
      (variant.language === undefined || variant.language === language) &&
      (variant.segment === undefined || variant.segment === customer?.segment),
  )?.sounds ?? toEverybody;
