import { Outlet } from '@tanstack/react-router';
import { useNoIndex } from './use-no-index';
import './entrance.css';

/** Frame of the pages that lead to a session: one narrow column. */
export function EntranceFrame() {
  useNoIndex();
  return (
    <div className="page entrance">
      <div className="entrance__column stack">
        <Outlet />
      </div>
    </div>
  );
}
