import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { areas } from '#/features/administration/areas';
import { Button } from '#/ui/Button';
import { ProblemNotice } from '#/ui/ProblemNotice';
// On every page behind the sign-in, so that signing out on any of them forgets what was not sent.
import './drafts';
import { RequireSession } from './RequireSession';
import { SessionDialogs } from './SessionDialogs';
import { may } from './session-store';
import { session, signOut, useAccount } from './store';
import { useActivity } from './use-activity';
import { useNoIndex } from './use-no-index';
import { useSubmit } from './use-submit';
import './frame.css';
import './session.css';

/** Frame of every page behind the sign-in: a bar of its own below the header, and the dialogs of the session. */
export function PrivateFrame() {
  useNoIndex();
  return (
    <RequireSession>
      <Bar />
      <SessionDialogs />
      <Outlet />
    </RequireSession>
  );
}

function Bar() {
  const t = useTranslations('frame');
  const lang = useLanguage();
  const account = useAccount();
  const client = useQueryClient();
  const leave = useSubmit(signOut);
  useActivity();

  // What one account has read is not kept for the next.
  useEffect(
    () =>
      session.subscribe(() => {
        const state = session.state();
        const same = state.status !== 'signed-out' && 'account' in state && state.account.id === account.id;
        if (!same) client.removeQueries({ queryKey: ['private'] });
      }),
    [client, account.id],
  );

  // Lets the public pages offer a way to edit a record. It is a mark, not a right, and goes when somebody signs out.
  const edits = may(account, 'records.edit');
  useEffect(() => {
    if (edits) localStorage.setItem('editor', '1');
    else localStorage.removeItem('editor');
  }, [edits]);

  return (
    <div className="private-bar no-print">
      <div className="page private-bar__row">
        <nav aria-label={t('navigation')}>
          <ul className="private-bar__links">
            <li>
              <Link className="private-bar__link" to="/$lang/konto" params={{ lang }}>
                {t('account')}
              </Link>
            </li>
            {areas.some(({ capability }) => may(account, capability)) ? (
              <li>
                <Link
                  className="private-bar__link"
                  to="/$lang/verwaltung"
                  params={{ lang }}
                  activeOptions={{ includeSearch: false }}
                >
                  {t('administration')}
                </Link>
              </li>
            ) : null}
          </ul>
        </nav>
        <div className="private-bar__who">
          <span className="private-bar__name">
            {t.rich('signedInAs', { name: account.name, bdi: (chunks) => <bdi>{chunks}</bdi> })}
          </span>
          <Button variant="quiet" size="sm" disabled={leave.pending} onClick={() => void leave.submit()}>
            {t('signOut')}
          </Button>
        </div>
      </div>
      {leave.error ? (
        <div className="page">
          <ProblemNotice error={leave.error} />
        </div>
      ) : null}
    </div>
  );
}
