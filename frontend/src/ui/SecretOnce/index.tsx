import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { announce } from '#/ui/LiveRegion';
import './style.css';

export interface SecretOnceProps {
  label: ReactNode;
  value: string;
  /** What a press on “download” saves as text. */
  file?: { name: string; text: string };
}

/** Something to be copied exactly, such as a secret that is shown only this once, or a command. */
export function SecretOnce({ label, value, file }: SecretOnceProps) {
  const t = useTranslations('control');
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      announce(t('copied'));
    } catch {
      announce(t('copyFailed'));
    }
  }

  function download({ name, text }: { name: string; text: string }) {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
  }

  return (
    <figure className="secret-once">
      <figcaption className="secret-once__label">{label}</figcaption>
      <pre className="secret-once__value" translate="no">
        <code>{value}</code>
      </pre>
      <div className="secret-once__buttons no-print">
        <Button variant="secondary" size="sm" onClick={copy} onBlur={() => setCopied(false)}>
          {copied ? t('copied') : t('copy')}
          <span className="visually-hidden">: {label}</span>
        </Button>
        {file ? (
          <Button variant="secondary" size="sm" onClick={() => download(file)}>
            {t('download')}
            <span className="visually-hidden">: {label}</span>
          </Button>
        ) : null}
      </div>
    </figure>
  );
}
