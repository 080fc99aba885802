/** One thing to be heard: a recorded sound, or what Asterisk's own grammar speaks in the channel's language. */
export type Prompt = { readonly sound: string } | { readonly number: number } | { readonly digits: string };

export const sounds = (names: readonly string[]): readonly Prompt[] => names.map((sound) => ({ sound }));
