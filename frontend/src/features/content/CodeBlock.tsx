import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { announce } from '#/ui/LiveRegion';

/** A command to copy. Long lines wrap, so that nothing has to be scrolled sideways. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  const t = useTranslations('content');
  const [copied, setCopied] = useState(false);
  const command = code.replaceAll('{origin}', window.location.origin);

  async function copy() {
    try {
      await navigator.clipboard.writeText(command);
      setCopied(true);
      announce(t('copied'));
    } catch {
      announce(t('copyFailed'));
    }
  }

  return (
    <figure className="code-block">
      <figcaption className="code-block__label">{label}</figcaption>
      <pre className="code-block__code" translate="no">
        <code>{command}</code>
      </pre>
      <Button
        variant="secondary"
        size="sm"
        className="no-print"
        onClick={copy}
        onBlur={() => setCopied(false)}
      >
        {copied ? t('copied') : t('copy')}
        <span className="visually-hidden">: {label}</span>
      </Button>
    </figure>
  );
}
