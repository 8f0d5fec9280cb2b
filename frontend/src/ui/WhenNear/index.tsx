import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Renders its children once the reader has come near; before that they cost neither code nor requests. */
export function WhenNear({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: '300px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return <div ref={ref}>{near ? children : null}</div>;
}
