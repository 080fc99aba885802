import type { ReactNode } from 'react';
import './empty.css';

interface EmptyProps {
  readonly title: string;
  /** What to do next, or what will happen by itself. */
  readonly next?: string | undefined;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}

/** Where there is nothing to show: what that means, and the next step. */
export const Empty = ({ title, next, icon, children }: EmptyProps) => (
  <div className="empty">
    {icon}
    <p className="empty-title">{title}</p>
    {next === undefined ? null : <p className="quiet">{next}</p>}
    {children}
  </div>
);

/** While something is being read: as much room as it will take. */
export const Loading = ({ label, lines = 4 }: { readonly label: string; readonly lines?: number }) => (
  <div className="loading" role="status">
    <span className="unseen">{label}</span>
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: bars without a name or an order of their own
      <span key={line} className="loading-bar" />
    ))}
  </div>
);
