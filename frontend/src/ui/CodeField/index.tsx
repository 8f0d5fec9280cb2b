import { cx } from '#/ui/cx';
import { TextField, type TextFieldProps } from '#/ui/TextField';
import './style.css';

export interface CodeFieldProps extends TextFieldProps {
  /** `digits`: six digits of an app. `recovery`: letters and digits from paper. */
  kind: 'digits' | 'recovery';
}

/** One field for a whole code, so that pasting and filling in by the browser work. Spaces are welcome. */
export function CodeField({ kind, className, ...rest }: CodeFieldProps) {
  return (
    <TextField
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      {...(kind === 'digits'
        ? ({ inputMode: 'numeric', autoComplete: 'one-time-code' } as const)
        : ({ autoComplete: 'off' } as const))}
      {...rest}
      className={cx('code-field', `code-field--${kind}`, className)}
    />
  );
}
