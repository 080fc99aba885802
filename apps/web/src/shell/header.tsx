import { CircleUser, Command, LogOut, Maximize } from 'lucide-react';
import { useWords } from '../i18n/language.ts';
import { IconButton } from '../kit/button.tsx';
import { attempt } from '../kit/failure.ts';
import { Menu } from '../kit/menu.tsx';
import { warn } from '../kit/notices.tsx';
import { roomsOf, signOut, type User } from '../session/session.ts';
import { LanguageMenu, ThemeMenu } from './choices.tsx';
import { Link } from './link.tsx';
import { LiveMark } from './live-mark.tsx';
import { Mark } from './mark.tsx';
import { go, usePath } from './path.ts';
import './header.css';

interface HeaderProps {
  readonly user: User;
  readonly onPalette: () => void;
}

export const Header = ({ user, onPalette }: HeaderProps) => {
  const words = useWords();
  const path = usePath();
  return (
    <header className="header">
      <a className="header-skip" href="#content">
        {words.shell.skip}
      </a>
      <span className="header-brand">
        <Mark />
        <span>{words.brand}</span>
      </span>
      <nav className="header-rooms" aria-label={words.shell.rooms}>
        {roomsOf(user).map((room) => (
          <Link key={room} to={`/${room}`}>
            {words.rooms[room]}
          </Link>
        ))}
      </nav>
      <LiveMark />
      <div className="header-tools">
        {path.startsWith('/board') ? (
          <IconButton label={words.shell.bigScreen} onClick={() => go('/board/big')}>
            <Maximize aria-hidden="true" />
          </IconButton>
        ) : null}
        <IconButton label={words.shell.palette} keys="Ctrl K" onClick={onPalette}>
          <Command aria-hidden="true" />
        </IconButton>
        <LanguageMenu />
        <ThemeMenu />
        <Menu
          label={words.shell.account(user.name)}
          icon={<CircleUser aria-hidden="true" />}
          items={[
            {
              label: words.actions.signOut,
              icon: <LogOut aria-hidden="true" />,
              onChoose: () => void attempt(words, signOut, warn),
            },
          ]}
        />
      </div>
    </header>
  );
};
