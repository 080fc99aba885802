import type { ButtonHTMLAttributes, ReactNode } from 'react';
import './button.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `main`: what most people came for, once on a page. `danger`: what hurts. */
  readonly kind?: 'plain' | 'main' | 'danger' | 'bare';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

export const Button = ({ kind = 'plain', icon, children, type = 'button', ...rest }: ButtonProps) => (
  <button {...rest} type={type} className={`button button-${kind}`}>
    {icon}
    <span>{children}</span>
  </button>
);

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does, for those who hear it, and in its tooltip. */
  readonly label: string;
  /** The keys that do the same, shown in the tooltip. */
  readonly keys?: string;
  readonly children: ReactNode;
}

export const IconButton = ({ label, keys, children, ...rest }: IconButtonProps) => (
  <button
    type="button"
    {...rest}
    className="icon-button"
    aria-label={label}
    title={keys === undefined ? label : `${label} (${keys})`}
  >
    {children}
  </button>
);
