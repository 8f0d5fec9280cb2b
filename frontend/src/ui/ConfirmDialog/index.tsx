import { type ReactNode, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { Dialog } from '#/ui/Dialog';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { TextArea } from '#/ui/TextArea';

export interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will happen, and what will not. */
  children: ReactNode;
  /** The deed in a verb: “Konto sperren”. */
  confirm: string;
  /** For what cannot be undone. */
  danger?: boolean;
  /** Asks for a reason, without which nothing happens. */
  reason?: { label: string; hint?: string; missing: string };
  onConfirm: (reason: string) => void;
  pending?: boolean;
  error?: unknown;
}

/** Asks before something that matters. It stays open until the deed is done, so that an error is seen here. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, children, confirm, danger, reason, onConfirm, pending, error } = props;
  const t = useTranslations('form');
  const id = useId();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);

  function submit() {
    const given = text.trim();
    if (reason && !given) {
      setMissing(true);
      document.getElementById(`${id}-reason`)?.focus();
    } else {
      onConfirm(given);
    }
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button
            variant={danger ? 'accent' : 'primary'}
            aria-disabled={pending || undefined}
            onClick={submit}
          >
            {confirm}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('cancel')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <ProblemNotice error={error} /> : null}
        {children}
        {reason ? (
          <TextArea
            id={`${id}-reason`}
            label={reason.label}
            hint={reason.hint}
            error={missing && !text.trim() ? reason.missing : undefined}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : null}
      </div>
    </Dialog>
  );
}
