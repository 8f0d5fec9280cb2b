import { useId } from 'react';
import './style.css';

export interface ProgressProps {
  label: string;
  /** From 0 to 1; missing where nobody can tell how much is left. */
  value?: number;
  /** The same in words, beside the bar. */
  text?: string;
}

/** A native progress bar with its state in words. Whoever shows it announces the milestones. */
export function Progress({ label, value, text }: ProgressProps) {
  const id = useId();
  return (
    <div className="progress">
      <p className="progress__head">
        <label htmlFor={id} className="progress__label">
          {label}
        </label>
        {text ? <span className="progress__text">{text}</span> : null}
      </p>
      <progress id={id} className="progress__bar" max={1} value={value} />
    </div>
  );
}
