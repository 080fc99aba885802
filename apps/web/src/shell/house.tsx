import { Minimize } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { type Feed, openFeed } from '../feed/feed.ts';
import { FeedContext } from '../feed/feed-context.ts';
import { Ticks, TicksContext } from '../feed/ticks.ts';
import { useWords } from '../i18n/language.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Empty, Loading } from '../kit/empty.tsx';
import { lookForSession, type RoomName, roomsOf, type User } from '../session/session.ts';
import { Guard } from './guard.tsx';
import { Header } from './header.tsx';
import { LiveBanners } from './live-mark.tsx';
import { Palette } from './palette.tsx';
import { go, goInstead, usePath } from './path.ts';

const rooms = {
  board: lazy(async () => ({ default: (await import('../board/board.tsx')).Board })),
  desk: lazy(async () => ({ default: (await import('../desk/desk.tsx')).Desk })),
  console: lazy(async () => ({ default: (await import('../console/console.tsx')).Console })),
} as const satisfies Record<RoomName, unknown>;

const isRoom = (name: string): name is RoomName => Object.hasOwn(rooms, name);

/** Where somebody who is signed in is: the header, and one room; all of it fed by one connection. */
export const House = ({ user }: { readonly user: User }) => {
  const feed = useOpenFeed();
  const ticks = useMemo(() => (feed === undefined ? undefined : new Ticks(() => timeOf(feed))), [feed]);
  if (feed === undefined || ticks === undefined) return null;
  return (
    <FeedContext value={feed}>
      <TicksContext value={ticks}>
        <Rooms user={user} />
      </TicksContext>
    </FeedContext>
  );
};

const useOpenFeed = (): Feed | undefined => {
  const [feed, setFeed] = useState<Feed>();
  useEffect(() => {
    const opened = openFeed({ onCutOff: () => void lookForSession() });
    setFeed(opened);
    return () => opened.close();
  }, []);
  return feed;
};

/** The server's time; while it is silent, the time when it was last heard: nobody knows what has become of any wait since. */
const timeOf = (feed: Feed): number => {
  const { is, since } = feed.status.get();
  return is === 'silent' && since !== undefined ? since : feed.now();
};

const Rooms = ({ user }: { readonly user: User }) => {
  const words = useWords();
  const path = usePath();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [first = 'board'] = roomsOf(user);
  const name = path.split('/')[1] ?? '';
  const isBig = path === '/board/big';

  useEffect(() => {
    if (path === '/') goInstead(`/${first}`);
  }, [path, first]);
  useEffect(() => {
    document.title = isRoom(name) ? `${words.rooms[name]} · ${words.brand}` : words.brand;
  }, [name, words]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        setPaletteOpen(true);
      }
      if (event.key === 'Escape' && location.pathname === '/board/big') go('/board');
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);

  return (
    <div className="house">
      {isBig ? (
        <div className="big-leave">
          <IconButton label={words.shell.leaveBigScreen} keys="Esc" onClick={() => go('/board')}>
            <Minimize aria-hidden="true" />
          </IconButton>
        </div>
      ) : (
        <Header user={user} onPalette={() => setPaletteOpen(true)} />
      )}
      <LiveBanners />
      <Guard key={name} otherwise={<Failed />}>
        <Suspense fallback={<Loading label={words.shell.loading} />}>
          <Room name={name} user={user} />
        </Suspense>
      </Guard>
      {isPaletteOpen ? <Palette user={user} onClose={() => setPaletteOpen(false)} /> : null}
    </div>
  );
};

const Room = ({ name, user }: { readonly name: string; readonly user: User }) => {
  const words = useWords();
  const open = roomsOf(user);
  if (name === '') return null;
  if (isRoom(name) && open.includes(name)) {
    const Inside = rooms[name];
    return <Inside user={user} />;
  }
  const [first = 'board'] = open;
  return (
    <main id="content">
      <Empty title={isRoom(name) ? words.shell.notForYou : words.shell.notFound}>
        <Button onClick={() => go(`/${first}`)}>{words.shell.notFoundNext(words.rooms[first])}</Button>
      </Empty>
    </main>
  );
};

const Failed = () => {
  const words = useWords();
  return (
    <main id="content">
      <Empty title={words.shell.failed} next={words.shell.failedNext}>
        <Button onClick={() => location.reload()}>{words.shell.reload}</Button>
      </Empty>
    </main>
  );
};
