import { Outlet } from '@tanstack/react-router';
import { SessionDialogs } from './SessionDialogs';
import { useSession } from './store';
import { useNoIndex } from './use-no-index';
import './entrance.css';
import './session.css';

/** Frame of the pages that lead to a session: one narrow column. */
export function EntranceFrame() {
  useNoIndex();
  const state = useSession();
  return (
    <div className="page entrance">
      <div className="entrance__column stack">
        <Outlet />
      </div>
      {/* An invitation ends with the set-up of the second factor, which may ask for a confirmation. */}
      {'account' in state ? <SessionDialogs /> : null}
    </div>
  );
}
