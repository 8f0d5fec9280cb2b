import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { cx } from '#/ui/cx';
import './style.css';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** `drawer` fills the height at the end edge: filters on a phone. */
  variant?: 'modal' | 'drawer';
  /** Stays visible below the scrolling content. */
  footer?: ReactNode;
  children: ReactNode;
}

/** The native modal dialog: the browser keeps focus inside, closes on Escape and gives focus back. */
export function Dialog({ open, onClose, title, variant = 'modal', footer, children }: DialogProps) {
  const t = useTranslations('ui');
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes a modal dialog with Escape by itself.
    <dialog
      ref={ref}
      className={cx('dialog', `dialog--${variant}`)}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {open ? (
        <div className="dialog__frame">
          <div className="dialog__head">
            <h2 className="dialog__title" id={titleId}>
              {title}
            </h2>
            <Button variant="quiet" size="sm" icon="close" iconOnly onClick={onClose}>
              {t('close')}
            </Button>
          </div>
          <div className="dialog__body">{children}</div>
          {footer ? <div className="dialog__foot">{footer}</div> : null}
        </div>
      ) : null}
    </dialog>
  );
}
