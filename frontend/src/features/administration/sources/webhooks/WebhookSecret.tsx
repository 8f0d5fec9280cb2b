import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { Notice } from '#/ui/Notice';
import { SecretOnce } from '#/ui/SecretOnce';

export interface WebhookSecretProps {
  name: string;
  secret: string;
  /** The one before signs as well for a while. */
  rotated?: boolean;
  onDone: () => void;
}

/** The one time the key of the signatures is shown. */
export function WebhookSecret({ name, secret, rotated, onDone }: WebhookSecretProps) {
  const t = useTranslations('adminWebhooks');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="admin__panel admin-once" aria-labelledby="webhook-secret">
      <h3 id="webhook-secret" ref={heading} tabIndex={-1} className="admin__focus">
        {t('onceTitle', { name })}
      </h3>
      <Notice tone="warning">
        <p>{t('onceText')}</p>
        {rotated ? <p>{t('onceRotated')}</p> : null}
      </Notice>
      <SecretOnce
        label={t('secret')}
        value={secret}
        file={{ name: 'webhook-secret.txt', text: `${name}\n${secret}\n` }}
      />
      <Button onClick={onDone}>{t('onceDone')}</Button>
    </section>
  );
}
