import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '#/features/session/form';
import { useSubmit } from '#/features/session/use-submit';
import { Button, type ButtonProps } from '#/ui/Button';
import { ConfirmDialog, type ConfirmDialogProps } from '#/ui/ConfirmDialog';
import { focusSection } from './focus';
import { useReport } from './results';

export interface ActionButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'icon'> {
  children: ReactNode;
  /** Does it. A given reason is passed on. */
  run: (reason: string) => Promise<unknown>;
  /** Told afterwards. */
  done: string;
  /** Asks before; left out for what is easily undone. */
  confirm?: Pick<ConfirmDialogProps, 'title' | 'confirm' | 'danger' | 'reason'> & { text: ReactNode };
}

/** One deed: a button, the question before it, and what came of it. */
export function ActionButton({
  children,
  run,
  done,
  confirm,
  variant = 'secondary',
  size = 'sm',
  icon,
}: ActionButtonProps) {
  const report = useReport();
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const section = useRef<Element>(null);
  // The button may go with the record it belonged to, and focus with it.
  useEffect(
    () => () => {
      const left = section.current;
      if (left) requestAnimationFrame(() => focusSection(left));
    },
    [],
  );
  const action = useSubmit(async (reason: string) => {
    section.current = button.current?.closest('section') ?? null;
    await run(reason);
    setAsking(false);
    report(done);
  });

  return (
    <>
      <Button
        ref={button}
        variant={variant}
        size={size}
        icon={icon}
        aria-disabled={action.pending || undefined}
        onClick={() => {
          action.reset();
          if (confirm) setAsking(true);
          else void action.submit('');
        }}
      >
        {children}
      </Button>
      {confirm ? (
        <ConfirmDialog
          open={asking}
          onClose={() => setAsking(false)}
          title={confirm.title}
          confirm={confirm.confirm}
          danger={confirm.danger}
          reason={confirm.reason}
          pending={action.pending}
          error={action.error}
          onConfirm={(reason) => void action.submit(reason)}
        >
          {confirm.text}
        </ConfirmDialog>
      ) : (
        <ErrorNotice error={action.error} key={action.attempt} />
      )}
    </>
  );
}
