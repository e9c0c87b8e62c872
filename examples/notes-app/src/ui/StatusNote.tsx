import { useEffect, useState } from 'react';

/** How long it stays, in ms. */
const SHOWN_FOR = 6000;

/** What has been done, seen for a while and read out at once; `count` tells two that say the same. */
export function StatusNote({ text, count = 0 }: { text: string; count?: number }) {
  const [hidden, setHidden] = useState<number>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setHidden(count);
    }, SHOWN_FOR);
    return () => {
      clearTimeout(timer);
    };
  }, [text, count]);
  return (
    <p role="status" className="status-place">
      {text !== '' && hidden !== count && <span className="status">{text}</span>}
    </p>
  );
}
