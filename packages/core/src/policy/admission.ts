import type { FlowId } from '../ids.ts';

/** Beyond any of these limits no new call is begun. What is under way is never touched, nor are emergency calls. */
export interface Admission {
  /** How many calls the house carries at once. */
  readonly mostCalls?: number;
  /** How long call control's event loop may be held up, in ms. */
  readonly mostLagMs?: number;
  /** The load average that Asterisk's machine may have. */
  readonly mostLoad?: number;
  /** How late the news of new calls may come, in ms, before callers are turned away; without it {@link usualMostLateMs}. */
  readonly mostLateMs?: number | 'any';
  readonly treatment: AdmissionTreatment;
}

/** Whoever talks notices no more than that, and whoever is let in is still rung for soon. */
export const usualMostLateMs = 150;

/** What holds where a policy says nothing: a house that cannot keep up lets carriers try elsewhere. */
const usualAdmission: Admission = { treatment: { is: 'busy', elsewhere: true } };

export const admissionOf = ({ admission }: { readonly admission?: Admission }): Admission =>
  admission ?? usualAdmission;

/** What becomes of a caller for whom there is no place. A phone of the house always hears busy. */
export type AdmissionTreatment =
  /** `elsewhere`: SIP 503 in place of 486, at which a carrier tries another way. */
  | { readonly is: 'busy'; readonly elsewhere: boolean }
  /** So many hear it at once; who comes beyond that hears busy. */
  | { readonly is: 'message'; readonly sounds: readonly string[]; readonly atOnce: number }
  /** Another flow, in which so many may be at once; who comes beyond that hears busy. */
  | { readonly is: 'overflow'; readonly flow: FlowId; readonly atOnce: number };

export type TreatmentName = AdmissionTreatment['is'];
