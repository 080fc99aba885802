import type { QueueSnapshot } from '@cordboard/core';
import { useEffect, useRef, useState } from 'react';
import { useNow } from '../feed/ticks.ts';
import { useWords } from '../i18n/language.ts';
import { levelText } from './level-text.ts';
import { queueLevel } from './queue-level.ts';

/** Says aloud, to those who hear the page, when a queue begins or ceases to ask for something. */
export const LevelNews = ({ queues }: { readonly queues: readonly QueueSnapshot[] }) => {
  const words = useWords();
  const now = useNow();
  const before = useRef(new Map<string, string>());
  const [news, setNews] = useState('');

  useEffect(() => {
    const said: string[] = [];
    for (const queue of queues) {
      const level = queueLevel(queue, now);
      const was = before.current.get(queue.id) ?? 'fine';
      before.current.set(queue.id, level.level);
      if (level.level === was) continue;
      said.push(
        level.level === 'fine'
          ? words.queue.calm(queue.name)
          : words.queue.alert(queue.name, words.queue[level.level], levelText(words, level, queue)),
      );
    }
    if (said.length > 0) setNews(said.join(' '));
  }, [queues, now, words]);

  return (
    <p className="unseen" aria-live="polite">
      {news}
    </p>
  );
};
