/** `0:48`, `12:05`, `1:02:03`: a duration as a clock shows it. Less than nothing is nothing. */
export const clockDuration = (ms: number): string => {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
};

/** `PT12M5S`, as a `time` element wants it: https://html.spec.whatwg.org/#valid-duration-string */
export const machineDuration = (ms: number): string => `PT${Math.max(0, Math.floor(ms / 1000))}S`;

/** What is left, counted as people count down: `0:01` until the last moment. */
export const countdown = (ms: number): string => clockDuration(Math.ceil(Math.max(0, ms) / 1000) * 1000);
