import { useEffect } from 'react';

/**
 * Calls back once, when what has just been drawn has been seen: after a frame has been painted in a page that is not hidden.
 * https://html.spec.whatwg.org/#update-the-rendering: callbacks of a frame run before it is painted, so the second is after.
 */
export const usePainted = (what: string, onPainted: (what: string) => void): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: painted once for each thing, whoever wants to know
  useEffect(() => {
    let frame = 0;
    const wait = (): void => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', wait);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => onPainted(what));
      });
    };
    document.addEventListener('visibilitychange', wait);
    wait();
    return () => {
      document.removeEventListener('visibilitychange', wait);
      cancelAnimationFrame(frame);
    };
  }, [what]);
};
