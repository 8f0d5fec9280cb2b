import type { ReactNode } from 'react';

/** Text for assistive technology only (class in `styles/utilities.css`). */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="visually-hidden">{children}</span>;
}
