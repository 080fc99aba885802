import type { PolicyFault } from './fault.ts';
import type { Policy } from './policy.ts';

/** Whoever is turned away meets something. */
export const checkAdmission = ({ admission, flows }: Policy): readonly PolicyFault[] => {
  if (admission === undefined) return [];
  const { treatment } = admission;
  const faults: PolicyFault[] = [];
  if (treatment.is === 'message' && treatment.sounds.length === 0)
    faults.push({
      path: 'admission.treatment.sounds',
      message: 'Nothing would be said: name a sound, or choose busy.',
    });
  if (treatment.is === 'overflow' && !Object.hasOwn(flows, treatment.flow))
    faults.push({
      path: 'admission.treatment.flow',
      message: `No flow is called "${treatment.flow}": create it or choose another.`,
    });
  return faults;
};
