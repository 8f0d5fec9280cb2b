import { useEffect } from 'react';
import { session } from './store';

const everyMs = 10_000;

/** Lets the session live while somebody works on the page, and lets it end when nobody does. */
export function useActivity(): void {
  useEffect(() => {
    const touch = () => session.touch();
    const tick = () => void session.tick();
    const timer = setInterval(tick, everyMs);
    const options = { capture: true, passive: true };
    window.addEventListener('pointerdown', touch, options);
    window.addEventListener('keydown', touch, options);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pointerdown', touch, options);
      window.removeEventListener('keydown', touch, options);
      document.removeEventListener('visibilitychange', tick);
    };
  }, []);
}
