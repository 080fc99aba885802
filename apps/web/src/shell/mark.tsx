/** The mark of the house: two jacks and a cord. */
export const Mark = () => (
  <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="var(--ink)" />
    <g fill="none" stroke="var(--surface)" strokeWidth="2.4" strokeLinecap="round">
      <circle cx="10" cy="10" r="3" />
      <circle cx="22" cy="22" r="3" />
      <path d="M10 13v3c0 4 2 6 6 6h3" />
    </g>
    <circle cx="22" cy="10" r="1.6" fill="var(--surface)" />
    <circle cx="10" cy="22" r="1.6" fill="var(--surface)" />
  </svg>
);
