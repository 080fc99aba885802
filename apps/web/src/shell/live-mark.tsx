import { useFeedStatus } from '../feed/feed-context.ts';
import { useNow } from '../feed/ticks.ts';
import { clockTime } from '../format/moment.ts';
import { useLanguage, useWords } from '../i18n/language.ts';

/** Live or not, and the server's time. */
export const LiveMark = () => {
  const words = useWords();
  const language = useLanguage();
  const { is, since } = useFeedStatus();
  const now = useNow();
  const text = {
    live: words.live.live,
    connecting: words.live.connecting,
    silent: words.live.silent(clockTime(since ?? now, language)),
  }[is];
  return (
    <p className="live-mark" data-is={is}>
      <span aria-hidden="true" />
      {text}
      {is === 'live' ? <time>{clockTime(now, language)}</time> : null}
    </p>
  );
};

/** Says, above all that is shown, that it is not what is. */
export const LiveBanners = () => {
  const words = useWords();
  const language = useLanguage();
  const { is, since, callControl } = useFeedStatus();
  return (
    <div role="alert">
      {is === 'silent' && since !== undefined ? (
        <p className="banner" data-kind="act">
          <strong>{words.live.silent(clockTime(since, language))}</strong>
          <span>{words.live.silentNext}</span>
        </p>
      ) : null}
      {is === 'live' && !callControl ? (
        <p className="banner" data-kind="look">
          <strong>{words.live.callControlAway}</strong>
          <span>{words.live.callControlNext}</span>
        </p>
      ) : null}
    </div>
  );
};
