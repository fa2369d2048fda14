import { Undo2 } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { going, useGoing, type Going, type Order } from '../api/going';
import { Button } from './Button';
import { Confirm } from './Dialog';
import { useNow } from './text';

export const UNDOABLE = 'You can undo it for 10 seconds.';

/** What stands for keys of a namespace that go: rows of their own are too many. */
export function keysOf(ns: string): string {
  return `/api/keys/${ns}`;
}

export function saysGoing({ what, many, verb, sent }: Going): string {
  const are = many ? 'are' : 'is';
  return sent ? `${what} ${are} being ${verb}…` : `${what} ${are} about to be ${verb}.`;
}

/** Of the thing that has this address, whether it goes. */
export function useGoingOf(address: string): Going | undefined {
  return useGoing().find((one) => one.of === address);
}

/** How long it can still be undone. Readers are told once, not every second. */
export function Until({ of }: { of: Going }) {
  const now = useNow(250);
  if (of.sent) return null;
  return <span className="number going-until" aria-hidden>{Math.max(0, Math.ceil((of.until - now) / 1000))} s</span>;
}

/** @param catches whether it takes the focus that what it stands for has lost */
export function GoingButtons({ of, catches }: { of: Going; catches?: boolean }) {
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (catches && (document.activeElement === null || document.activeElement === document.body)) undo.current?.focus();
  }, [catches]);
  if (of.sent) return null;
  return (
    <span className="line going-buttons">
      <Button ref={undo} small icon={Undo2} data-undo={of.id} aria-label={`Undo: ${of.what}`} onClick={() => going.undo(of.id)}>Undo</Button>
      <Button small look={of.urgent ? 'danger' : 'normal'} aria-label={`Now: ${of.what}`} onClick={() => void going.now(of.id)}>Now</Button>
    </span>
  );
}

/** What stands in a row in place of all behind its name. */
export function GoingCell({ of, columns }: { of: Going; columns: number }) {
  return (
    <td colSpan={columns} className="going-cell">
      <span className="line">
        <span className="grow" />
        <span className="soft nowrap roomy-inline">{of.sent ? `Being ${of.verb}…` : `About to be ${of.verb}`}</span> <Until of={of} />
        <GoingButtons of={of} catches />
      </span>
    </td>
  );
}

/** On the page of a thing that goes. */
export function GoingBanner({ address }: { address: string }) {
  const one = useGoingOf(address);
  if (!one) return null;
  return (
    <div className="banner warn">
      <p className="grow">{saysGoing(one)} <Until of={one} /></p>
      <GoingButtons of={one} />
    </div>
  );
}

interface ConfirmGoingProps {
  order: Order;
  title: string;
  action: string;
  typed?: string;
  /** What is lost, in words. */
  children: ReactNode;
  onHeld?: () => void;
  /** What this page does when it is done. */
  onDone?: () => void;
  onClose: () => void;
}

/** Asks before something goes that the manager could not bring back, and then holds it back for a while. */
export function ConfirmGoing({ order, children, onHeld, onDone, ...asked }: ConfirmGoingProps) {
  const hold = () => {
    const id = going.hold(order, onDone);
    onHeld?.();
    return id;
  };
  const now = order.urgent ? { now: { action: `${asked.action} now`, run: () => void going.now(hold()) } } : {};
  return (
    <Confirm {...asked} {...now} onConfirm={() => void hold()}>
      {children} {UNDOABLE}
    </Confirm>
  );
}
