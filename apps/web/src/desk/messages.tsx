import type { Voicemail } from '@cordboard/contracts';
import { KeyRound, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/use-asked.ts';
import { useBoard } from '../feed/feed-context.ts';
import { clockDuration } from '../format/duration.ts';
import { shortMoment } from '../format/moment.ts';
import { phoneNumber } from '../format/number.ts';
import { useLanguage, useWords } from '../i18n/language.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { attempt } from '../kit/failure.ts';
import { warn } from '../kit/notices.tsx';
import { PinDialog } from './pin-dialog.tsx';
import './messages.css';

/** A message may come at any time, and nothing tells a page of it. */
const askEveryMs = 10_000;

/** What callers have said to the agent's own box and to those of their queues. */
export const Messages = ({ extension }: { readonly extension: string }) => {
  const words = useWords();
  const { again, ...asked } = useAsked<{ readonly items: readonly Voicemail[] }>('/api/voicemails?limit=20');
  const [isChoosingPin, setChoosingPin] = useState(false);
  useEffect(() => {
    const timer = setInterval(again, askEveryMs);
    return () => clearInterval(timer);
  }, [again]);
  const change = (act: () => Promise<unknown>): void => {
    void attempt(words, act, warn).then(again);
  };
  const items = asked.is === 'there' ? asked.answer.items : [];
  return (
    <section className="panel messages" aria-label={words.messages.title}>
      <h2 className="quiet small">{words.messages.title}</h2>
      {asked.is === 'failed' ? (
        <p className="quiet">{words.messages.unread}</p>
      ) : asked.is === 'there' && items.length === 0 ? (
        <p className="quiet">{words.messages.none}</p>
      ) : (
        <ol>
          {items.map((message) => (
            <Message
              key={message.id}
              message={message}
              isOwn={message.box === extension}
              onHeard={() => change(() => ask('PUT', pathOf(message), { heard: true }))}
              onDelete={() => change(() => ask('DELETE', pathOf(message)))}
            />
          ))}
        </ol>
      )}
      <Button kind="bare" icon={<KeyRound aria-hidden="true" />} onClick={() => setChoosingPin(true)}>
        {words.messages.choosePin}
      </Button>
      {isChoosingPin ? <PinDialog extension={extension} onClose={() => setChoosingPin(false)} /> : null}
    </section>
  );
};

const pathOf = ({ id }: Voicemail): string => `/api/voicemails/${encodeURIComponent(id)}`;

interface MessageProps {
  readonly message: Voicemail;
  readonly isOwn: boolean;
  readonly onHeard: () => void;
  readonly onDelete: () => void;
}

const Message = ({ message, isOwn, onHeard, onDelete }: MessageProps) => {
  const words = useWords();
  const language = useLanguage();
  const queues = useBoard()?.queues ?? [];
  const { box, caller, callerName, leftAt, durationMs, heard } = message;
  const who = callerName || phoneNumber(caller) || words.messages.withheld;
  return (
    <li data-heard={heard}>
      <p className="message-who">
        {who}
        {heard ? null : <span className="message-new">{words.messages.unheard}</span>}
      </p>
      <p className="quiet small">
        <time dateTime={new Date(leftAt).toISOString()}>{shortMoment(leftAt, language)}</time>
        {` · ${clockDuration(durationMs)}`}
        {isOwn ? null : ` · ${queues.find(({ id }) => id === box)?.name ?? box}`}
      </p>
      <div className="message-play">
        {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what a caller said */}
        <audio
          controls
          preload="none"
          src={`${pathOf(message)}/audio`}
          aria-label={words.messages.play(who)}
          onPlay={heard ? undefined : onHeard}
        />
        <IconButton label={words.messages.remove(who)} onClick={onDelete}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  );
};
