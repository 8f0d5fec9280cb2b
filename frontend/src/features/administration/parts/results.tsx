import { useLocation } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { announce } from '#/ui/LiveRegion';
import { Notice, type NoticeTone } from '#/ui/Notice';

type Report = (text: string, tone?: NoticeTone) => void;

const ReportContext = createContext<Report>(() => {});

/** Tells what an action has done: in sight, and to assistive technology. */
export function useReport(): Report {
  return useContext(ReportContext);
}

/** Keeps the last result at the lower edge until it is closed, replaced, or the page changes. */
export function Results({ children }: { children: ReactNode }) {
  const t = useTranslations('ui');
  const pathname = useLocation({ select: (location) => location.pathname });
  const [result, setResult] = useState<{ text: string; tone: NoticeTone; pathname: string }>();

  // A result that leads to another page (a new account) is told there.
  useEffect(() => {
    setResult((was) => (was && was.pathname !== pathname ? undefined : was));
  }, [pathname]);

  function report(text: string, tone: NoticeTone = 'success') {
    announce(text);
    // The address that the router already shows: a link of the action may have changed it a moment ago.
    setResult({ text, tone, pathname: window.location.pathname });
  }

  return (
    <ReportContext value={report}>
      {children}
      {result ? (
        <div className="admin__result no-print">
          <Notice tone={result.tone}>
            <div className="admin__result-row">
              <p>{result.text}</p>
              <Button variant="quiet" size="sm" icon="close" iconOnly onClick={() => setResult(undefined)}>
                {t('close')}
              </Button>
            </div>
          </Notice>
        </div>
      ) : null}
    </ReportContext>
  );
}
