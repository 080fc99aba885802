import { type ReactNode, useState } from 'react';
import './fresh.css';

/** A value that has just changed is tinted for a moment, then rests. */
export const Fresh = ({ value, children }: { readonly value: string | number; readonly children: ReactNode }) => {
  const [first] = useState(value);
  return (
    <span key={value} className={value === first ? undefined : 'fresh'}>
      {children}
    </span>
  );
};
