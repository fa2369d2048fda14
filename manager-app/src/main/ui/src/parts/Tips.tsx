import { useEffect, useLayoutEffect, useRef, useState } from 'react';

interface Tip {
  of: HTMLElement;
  text: string;
  keys: string | undefined;
}

const WAIT_MILLIS = 400;
const AWAY = 6;
const EDGE = 8;

function tipOf(target: EventTarget | null): Tip | undefined {
  const of = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
  return of ? { of, text: of.dataset['tip'] ?? '', keys: of.dataset['keys'] } : undefined;
}

/**
 * The name of what has data-tip, shown on hover and on focus. There is one for the whole page: one for each button of a long
 * list would be felt. Readers have the name from the button itself.
 */
export function Tips() {
  const [tip, setTip] = useState<Tip>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer = 0;
    const hide = () => {
      window.clearTimeout(timer);
      setTip(undefined);
    };
    const hover = (event: PointerEvent) => {
      const found = tipOf(event.target);
      window.clearTimeout(timer);
      if (found && event.pointerType === 'mouse') timer = window.setTimeout(() => setTip(found), WAIT_MILLIS);
      else if (!(event.target instanceof Element && event.target.closest('.tip'))) setTip(undefined);
    };
    const focus = (event: FocusEvent) => {
      const found = tipOf(event.target);
      if (found?.of.matches(':focus-visible')) setTip(found);
      else hide();
    };
    const key = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    document.addEventListener('pointerover', hover);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', key);
    document.addEventListener('scroll', hide, true);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('pointerover', hover);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', key);
      document.removeEventListener('scroll', hide, true);
    };
  }, []);
  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown || !tip) return;
    const at = tip.of.getBoundingClientRect();
    const below = at.bottom + AWAY + shown.offsetHeight < window.innerHeight;
    const left = at.left + at.width / 2 - shown.offsetWidth / 2;
    shown.style.top = `${below ? at.bottom + AWAY : at.top - AWAY - shown.offsetHeight}px`;
    shown.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - shown.offsetWidth - EDGE))}px`;
  }, [tip]);
  if (!tip?.of.isConnected) return null;
  return (
    <div ref={box} className="tip" aria-hidden>
      {tip.text}
      {tip.keys && <kbd>{tip.keys}</kbd>}
    </div>
  );
}
