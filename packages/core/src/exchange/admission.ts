import type { News } from '../admission/gate.ts';
import { begin } from '../call/follow.ts';
import { after, hangUpCaller, type Step } from '../call/moves.ts';
import type { CallState } from '../call/state.ts';
import { tell } from '../call/telling.ts';
import type { Extension } from '../ids.ts';
import { type Admission, type AdmissionTreatment, admissionOf } from '../policy/admission.ts';
import { elapsedMs } from '../time.ts';
import type { Arrival } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { settle } from './settle.ts';
import { surroundingsOf } from './surroundings.ts';
import { take } from './take.ts';
import type { Turn } from './turn.ts';

/** How many calls the house carries: contacts, not feature codes, nor who has been turned away. */
export const callsUnderWay = (floor: Floor): number =>
  count(floor, ({ beyondLimit, service }) => beyondLimit !== true && !service);

/** Whether no new call may be begun now. */
export const isFull = (floor: Floor): boolean => objectionNow(floor) !== undefined;

const objectionNow = (floor: Floor, news?: News): string | undefined => {
  const { current } = floor.rulebook;
  return current && floor.gate.objection(admissionOf(current), callsUnderWay(floor), news);
};

/**
 * Why there is no place for a new call, in words; undefined: there is, or it is none of those that are limited. What is
 * dialled in the middle of a call (to consult, to transfer) belongs to that one.
 */
export const objectionTo = (
  call: CallState,
  { from, answered, lateMs, since }: Arrival,
  floor: Floor,
): string | undefined => {
  if (call.service || answered === true) return undefined;
  const isMore = from === 'phone' && isInCall(call.source as Extension, floor);
  if (isMore) return undefined;
  const at = call.phaseSince;
  return lateMs === undefined && since !== undefined
    ? objectionNow(floor, { lateMs: elapsedMs(since, at), wasFound: true, at })
    : objectionNow(floor, { lateMs: lateMs ?? 0, wasFound: false, at });
};

const isInCall = (extension: Extension, floor: Floor): boolean =>
  floor.seatedAt(extension)?.engaged !== undefined ||
  count(floor, (call) => (call.from === 'phone' && call.source === extension) || talksAt(extension, call)) > 0;

const talksAt = (extension: Extension, call: CallState): boolean =>
  (call.phase === 'talking' || call.phase === 'consulting') && call.extension === extension;

/** The call meets what the policy says for whom there is no place, and is over, or goes by the flow that is for this. */
export const turnAway = (call: CallState, because: string, turn: Turn, floor: Floor): Outcome => {
  const { current } = floor.rulebook;
  const treatment = current === undefined ? busy : treatmentOf(call, admissionOf(current), floor);
  if (treatment.is === 'overflow' && call.ani !== '')
    turn.command(call.id, [{ type: 'IdentifyCaller', ani: call.ani }]);
  const beyond: CallState = { ...call, beyondLimit: true };
  const told = after(
    [],
    [{ type: 'CallTurnedAway', treatment: treatment.is, because }],
    treated(beyond, treatment, because, floor),
  );
  take(undefined, told, turn, floor);
  if (floor.gate.turnedAway(because, turn.at))
    turn.say({ type: 'SupervisorAlerted', at: turn.at, alert: { is: 'admission-limited', because } });
  return settle(turn, floor);
};

const busy: AdmissionTreatment = { is: 'busy', elsewhere: false };

/** A phone of the house shows by itself that nothing is to be had; so does a line when too many hear the message already. */
const treatmentOf = (call: CallState, { treatment }: Admission, floor: Floor): AdmissionTreatment => {
  if (call.from === 'phone') return busy;
  if (treatment.is === 'busy') return treatment;
  return count(floor, ({ beyondLimit }) => beyondLimit === true) < treatment.atOnce ? treatment : busy;
};

const treated = (call: CallState, treatment: AdmissionTreatment, because: string, floor: Floor): Step => {
  const at = call.phaseSince;
  switch (treatment.is) {
    case 'busy':
      return hangUpCaller(call, at, 'rejected', treatment.elsewhere ? 'congestion' : 'busy');
    case 'message':
      return tell(call, treatment.sounds, 'rejected', at);
    case 'overflow':
      return begin(call, treatment.flow, because, at, surroundingsOf(call, floor));
  }
};

const count = (floor: Floor, holds: (call: CallState) => boolean): number => {
  let counted = 0;
  for (const call of floor.calls.values()) if (holds(call)) counted += 1;
  return counted;
};
