import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import './menu.css';

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  /** Of several, the one that holds now. */
  readonly isChosen?: boolean;
  readonly onChoose: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
}

/** A button with a list of things to do. The browser puts it above all else, and closes it on Escape or a click elsewhere. */
export const Menu = ({ label, icon, items }: MenuProps) => {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const isChoice = items.some(({ isChosen }) => isChosen !== undefined);

  const toggled = (open: boolean): void => {
    setOpen(open);
    const [shown, anchor] = [list.current, button.current];
    if (!open || shown === null || anchor === null) return;
    place(shown, anchor.getBoundingClientRect());
    buttonsIn(shown)[0]?.focus();
  };
  const step = (event: KeyboardEvent): void => {
    if (list.current === null) return;
    const buttons = buttonsIn(list.current);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === 'Tab') list.current.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length)?.focus();
  };

  return (
    <span ref={button} className="menu">
      <IconButton label={label} popoverTarget={id} aria-haspopup="menu" aria-expanded={isOpen}>
        {icon}
      </IconButton>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="menu-list"
        onKeyDown={step}
        onToggle={(event) => toggled(event.newState === 'open')}
      >
        {items.map(({ label: item, icon: mark, isChosen, onChoose }) => (
          <button
            key={item}
            type="button"
            role={isChoice ? 'menuitemradio' : 'menuitem'}
            {...(isChoice ? { 'aria-checked': isChosen === true } : {})}
            tabIndex={-1}
            onClick={() => {
              list.current?.hidePopover();
              onChoose();
            }}
          >
            {mark}
            <span>{item}</span>
            {isChosen ? <span aria-hidden="true">✓</span> : null}
          </button>
        ))}
      </div>
    </span>
  );
};

const buttonsIn = (list: HTMLElement): readonly HTMLButtonElement[] => [...list.querySelectorAll('button')];

const gap = 4;

/** Below the button where there is room, else above it; never beyond the window's edge. */
const place = (list: HTMLElement, anchor: DOMRect): void => {
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = anchor.bottom + gap;
  const top = below + height > innerHeight ? Math.max(gap, anchor.top - gap - height) : below;
  list.style.top = `${top}px`;
  list.style.left = `${Math.max(gap, Math.min(anchor.right - width, innerWidth - width - gap))}px`;
};
