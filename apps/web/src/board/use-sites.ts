import type { SiteFigures } from '@cordboard/core';
import { useEffect, useRef, useState } from 'react';
import { type Asked, useAsked } from '../api/use-asked.ts';
import { useBoard } from '../feed/feed-context.ts';
import { useNow } from '../feed/ticks.ts';

/** What each site does: asked anew when the board has changed, once a second at most. */
export const useSites = (): Asked<{ readonly items: readonly SiteFigures[] }> & { again(): void } => {
  const board = useBoard();
  const now = useNow();
  const asked = useRef(board);
  const [version, setVersion] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a second has passed; what has changed since is looked for then
  useEffect(() => {
    if (asked.current === board) return;
    asked.current = board;
    setVersion((before) => before + 1);
  }, [now]);

  return useAsked('/api/sites', version);
};
