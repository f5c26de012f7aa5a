/** Printing shows whole lists: what is cut for the screen is drawn before the browser takes its picture. */
import { options } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Runs `change` so that what it sets is in the document when it returns. */
function drawnAtOnce(change: () => void): void {
  const before = options.debounceRendering?.bind(options);
  options.debounceRendering = (draw) => draw();
  try {
    change();
  } finally {
    if (before === undefined) delete options.debounceRendering;
    else options.debounceRendering = before;
  }
}

/** True while the browser prints. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = (): void => drawnAtOnce(() => setPrinting(true));
    const end = (): void => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}
