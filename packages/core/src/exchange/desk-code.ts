import type { Desk, ForwardOccasion, ForwardTarget } from './desk.ts';

/**
 * What a desk phone dials to set itself, as on mobile networks (3GPP TS 22.030, 6.5): `*21*102#` sends every call on, `*67*102#`
 * when busy, `*61*102#` when nobody answers, `*61*102*15#` after 15 s; `#21#`, `#67#`, `#61#` end it. The last # may be left
 * out. `*25` asks not to be disturbed, and ends it again.
 */
export type DeskCode =
  | { readonly to: 'forward'; readonly on: ForwardOccasion; readonly target: ForwardTarget; readonly afterMs?: number }
  | { readonly to: 'forward-no-more'; readonly on: ForwardOccasion }
  | { readonly to: 'do-not-disturb' };

const occasions: Readonly<Record<string, ForwardOccasion>> = { '21': 'always', '67': 'busy', '61': 'noAnswer' };

/** How long a phone rings before its call is sent on, when nobody has said it. */
export const usualNoAnswerMs = 20_000;
/** Less is no ringing, more is longer than any phone rings. */
export const noAnswerBetweenMs = { least: 3000, most: 120_000 } as const;

export const deskCode = (dialled: string): DeskCode | undefined => {
  if (dialled === '*25') return { to: 'do-not-disturb' };
  const [, ended = ''] = /^#(21|67|61)#?$/.exec(dialled) ?? [];
  const over = occasions[ended];
  if (over !== undefined) return { to: 'forward-no-more', on: over };
  const [, code = '', number = '', seconds] = /^\*(21|67|61)\*(\+?\d{2,20})(?:\*(\d{1,3}))?#?$/.exec(dialled) ?? [];
  const on = occasions[code];
  if (on === undefined || (seconds !== undefined && on !== 'noAnswer')) return undefined;
  return {
    to: 'forward',
    on,
    target: { number },
    ...(on === 'noAnswer' ? { afterMs: noAnswerMs(seconds) } : {}),
  };
};

const noAnswerMs = (seconds: string | undefined): number => {
  const { least, most } = noAnswerBetweenMs;
  return seconds === undefined ? usualNoAnswerMs : Math.min(most, Math.max(least, Number(seconds) * 1000));
};

/** The phone as it is set afterwards, and what it says. */
export const obeyed = (desk: Desk, code: DeskCode): { readonly desk: Desk; readonly sound: string } => {
  switch (code.to) {
    case 'do-not-disturb': {
      const doNotDisturb = !desk.doNotDisturb;
      return {
        desk: { ...desk, doNotDisturb },
        sound: doNotDisturb ? 'cordboard/do-not-disturb-on' : 'cordboard/do-not-disturb-off',
      };
    }
    case 'forward-no-more': {
      const { [code.on]: _, ...forwarding } = desk.forwarding;
      return { desk: { ...desk, forwarding }, sound: 'cordboard/forwarding-off' };
    }
    case 'forward': {
      const target =
        code.on === 'noAnswer' ? { ...code.target, afterMs: code.afterMs ?? usualNoAnswerMs } : code.target;
      return {
        desk: { ...desk, forwarding: { ...desk.forwarding, [code.on]: target } },
        sound: 'cordboard/forwarding-on',
      };
    }
  }
};
