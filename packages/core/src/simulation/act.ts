import type { CallEvent } from '../call/event.ts';
import type { In } from '../call/state.ts';
import type { FlowNode } from '../policy/flow.ts';
import type { Instant } from '../time.ts';
import type { Act } from './recording.ts';

/** What an act comes to, as the call stands; `goesOn`: and more of the same act after it. */
export interface Did {
  readonly event?: CallEvent;
  readonly goesOn: boolean;
}

type Standing = In<'in-flow'> | In<'queued'> | In<'offered'>;

const nothing: Did = { goesOn: false };

/** One step of what the caller does, or of what is answered from elsewhere. */
export const actsOn = (act: Act, call: Standing, node: FlowNode, at: Instant): Did => {
  const press = (digit: string, goesOn = false): Did => ({
    event: { type: 'DigitPressed', at, leg: call.caller, digit },
    goesOn,
  });
  if (call.phase !== 'in-flow') return act.do === 'key' ? press(act.key) : nothing;
  const { doing } = call;
  switch (act.do) {
    case 'key':
      return press(act.key);
    case 'key-in':
      return doing.is === 'collecting' ? keyIn(act.digits, doing, node, press) : nothing;
    case 'fail':
      return doing.is === 'offering-callback' ? failsToAgree(doing.stage, press) : press('x');
    case 'accept-callback':
      return doing.is === 'offering-callback' ? agrees(act.number, doing, press) : nothing;
    case 'listen':
      return 'playback' in doing && doing.playback !== undefined
        ? { event: { type: 'PlaybackEnded', at, playback: doing.playback }, goesOn: false }
        : nothing;
    case 'look-up-fails':
      return { event: { type: 'LookUpFailed', at }, goesOn: false };
    case 'http':
      if (doing.is !== 'asking' || node.kind !== 'http') return nothing;
      return {
        event: {
          type: 'HttpAnswered',
          at,
          ask: doing.ask,
          answer:
            act.attributes === null
              ? { ok: false, because: act.because }
              : { ok: true, body: bodyOf(node.map, act.attributes) },
          tookMs: 0,
        },
        goesOn: false,
      };
    case 'message':
      if (doing.is !== 'recording') return nothing;
      return {
        event:
          act.durationMs === null
            ? { type: 'CommandFailed', at, command: 'Record', recording: doing.recording }
            : { type: 'RecordingEnded', at, recording: doing.recording, durationMs: act.durationMs },
        goesOn: false,
      };
  }
};

type Press = (digit: string, goesOn?: boolean) => Did;
type Doing<Is extends string> = Extract<In<'in-flow'>['doing'], { readonly is: Is }>;

/** Digit by digit, then whatever ends the number, then the yes to it. */
const keyIn = (wanted: string, { digits, confirming }: Doing<'collecting'>, node: FlowNode, press: Press): Did => {
  if (node.kind !== 'collect') return nothing;
  if (confirming) return press('1');
  const keyed = typeof digits === 'string' ? digits : (digits?.reveal() ?? '');
  const next = wanted[keyed.length];
  if (next !== undefined) return press(next, true);
  // Without a key for it, the number ends when no other key follows.
  return node.terminator === '' ? nothing : press(node.terminator, true);
};

const failsToAgree = (stage: Doing<'offering-callback'>['stage'], press: Press): Did =>
  stage === 'offer' ? press('1', true) : press(stage === 'confirm' ? 'x' : '#');

/** Yes; at this number, or at another one. */
const agrees = (wanted: string, { stage, number }: Doing<'offering-callback'>, press: Press): Did => {
  if (stage === 'offer') return press('1', true);
  const digits = wanted.replaceAll(/\D/g, '');
  if (stage === 'confirm') return number.replaceAll(/\D/g, '') === digits ? press('1') : press('2', true);
  const next = digits[number.length];
  return next === undefined ? press('#', true) : press(next, true);
};

/** An answer in which each of the node's pointers finds its attribute. */
const bodyOf = (
  map: Readonly<Record<string, string>>,
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> => {
  const body: Record<string, unknown> = {};
  for (const [name, pointer] of Object.entries(map)) {
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    let at = body;
    for (const part of path.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    const last = path.at(-1);
    if (last !== undefined) at[last] = attributes[name] ?? '';
  }
  return body;
};
