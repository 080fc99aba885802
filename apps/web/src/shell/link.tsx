import type { AnchorHTMLAttributes, ReactNode } from 'react';
import { go, usePath } from './path.ts';

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: string;
  readonly children: ReactNode;
}

/** A link within the pages; with a modifier key the browser does as it always does. */
export const Link = ({ to, children, ...rest }: LinkProps) => {
  const path = usePath();
  const isHere = path === to || path.startsWith(`${to}/`);
  return (
    <a
      {...rest}
      href={to}
      {...(isHere ? { 'aria-current': 'page' } : {})}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
};
