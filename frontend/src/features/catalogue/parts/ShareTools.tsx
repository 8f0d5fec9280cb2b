import { useTranslations } from 'use-intl';
import { Button, ButtonAnchor } from '#/ui/Button';
import { announce } from '#/ui/LiveRegion';
import './share-tools.css';
import { useState } from 'react';

export interface ShareToolsProps {
  title: string;
  /** Address of the iCalendar file. */
  calendar?: string;
}

/** Take it along: calendar, share or copy the address, print. */
export function ShareTools({ title, calendar }: ShareToolsProps) {
  const t = useTranslations('share');
  const [copied, setCopied] = useState(false);

  async function share() {
    const url = window.location.href;
    try {
      if (navigator.share) {
        await navigator.share({ title, url });
        return;
      }
      await navigator.clipboard.writeText(url);
      setCopied(true);
      announce(t('copied'));
    } catch {
      // The reader closed the sheet, or the browser does not allow copying: the address bar still has the address.
    }
  }

  return (
    <div className="share-tools no-print">
      {calendar ? (
        <ButtonAnchor variant="quiet" icon="calendar" href={calendar} download>
          {t('calendar')}
        </ButtonAnchor>
      ) : null}
      <Button variant="quiet" icon={copied ? 'check' : 'share'} onClick={share}>
        {copied ? t('copied') : t('share')}
      </Button>
      <Button variant="quiet" icon="print" onClick={() => window.print()}>
        {t('print')}
      </Button>
    </div>
  );
}
