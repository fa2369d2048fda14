import { useSyncExternalStore } from 'react';
import { isMissing, once, send, sentence, type Call } from './client';
import { tray } from './jobs';
import { queries } from './queries';

/** A call that cannot be taken back, in words and as data: it outlives the page that makes it. */
export interface Order {
  /** What it is about: `cache purge`, `12 keys`. */
  what: string;
  many?: boolean;
  /** What becomes of it: `deleted`. */
  verb: string;
  /** The thing that goes, by its own address: its row and its page show it as going. */
  of?: string;
  path: string;
  method: 'DELETE' | 'POST';
  query?: Call['query'];
  json?: unknown;
  /** What lists show otherwise afterwards. */
  stale: readonly string[];
  /** Of a call that starts a job: what it is called in the tray. */
  follow?: string;
  /** Where every second that it waits is a risk. */
  urgent?: boolean;
}

export interface Going extends Order {
  /** Also what the manager knows a repeated call by. */
  id: string;
  until: number;
  sent: boolean;
}

interface Ends {
  done: (going: Going) => void;
  undone: (going: Going) => void;
  failed: (going: Going, why: string) => void;
}

export const UNDO_MILLIS = 10_000;

/** Browsers let 64 KiB go out behind a page that is left, all calls together. */
const MOST_BEHIND = 32_768;
/** A page that comes later than that is not the one that follows. */
const FOLLOWS_MILLIS = 60_000;
const LEFT = 'triport-left';

interface Left {
  at: number;
  order: Going;
}

/** Of an answer in the manager's envelope, and of one that stands without it. */
function jobOf(answer: { result?: { job_id?: string }; jobId?: string }): string | undefined {
  return answer.result?.job_id ?? answer.jobId;
}

/** Whether a call is small enough to go out behind a page that is left; what is not cannot be held back. */
export function holdable(json: unknown): boolean {
  return new TextEncoder().encode(JSON.stringify(json) ?? '').length <= MOST_BEHIND;
}

/**
 * Calls that cannot be taken back are held back while they can still be undone.
 *
 * Leaving: what is held when the page is left goes out behind it, and is noted for the page that comes next in this tab. That one
 * makes the same call again, with the id of the first: whatever became of that, the thing goes once, and somebody is told. A
 * deletion that finds nothing any more is one that was done.
 */
export class HeldCalls {
  private all: readonly Going[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly timers = new Map<string, number>();
  private readonly thens = new Map<string, () => void>();
  private ends: Ends = { done: () => {}, undone: () => {}, failed: () => {} };

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly snapshot = () => this.all;

  /** @param ends are told how each has ended */
  tell(ends: Ends) {
    this.ends = ends;
  }

  /** @param then what this page does after it was done */
  hold(order: Order, then?: () => void): string {
    const id = once();
    if (then) this.thens.set(id, then);
    this.set([...this.all, { ...order, id, until: Date.now() + UNDO_MILLIS, sent: false }]);
    this.timers.set(id, window.setTimeout(() => void this.now(id), UNDO_MILLIS));
    return id;
  }

  undo(id: string) {
    const going = this.find(id);
    if (!going || going.sent) return;
    this.forget(id);
    this.ends.undone(going);
  }

  /** Done when the manager has answered. */
  async now(id: string): Promise<void> {
    const going = this.find(id);
    if (!going || going.sent) return;
    window.clearTimeout(this.timers.get(id));
    this.set(this.all.map((one) => (one.id === id ? { ...one, sent: true } : one)));
    await this.send(going);
  }

  /** Once more, by the id of the first: that may have been taken, and only its answer lost. */
  again(order: Going) {
    this.set([...this.all, { ...order, sent: true }]);
    void this.send(order);
  }

  /** Nothing is held any more: whoever signs out has waited long enough. */
  async allNow(): Promise<void> {
    await Promise.all(this.all.map((one) => this.now(one.id)));
  }

  /** The page is left. */
  readonly leave = () => {
    if (this.all.length === 0) return;
    const notes = this.all.map<Left>((order) => ({ at: Date.now(), order }));
    sessionStorage.setItem(LEFT, JSON.stringify(notes));
    void this.allNow();
  };

  /** Brings to an end what the page before has left behind. */
  readonly settle = () => {
    const notes = JSON.parse(sessionStorage.getItem(LEFT) ?? '[]') as Left[];
    sessionStorage.removeItem(LEFT);
    for (const { at, order } of notes) {
      if (Date.now() - at <= FOLLOWS_MILLIS && !this.find(order.id)) this.again(order);
    }
  };

  private async send(going: Going) {
    try {
      const response = await send(going.path, {
        method: going.method,
        ...(going.query ? { query: going.query } : {}),
        ...(going.json === undefined ? {} : { json: going.json }),
        headers: { 'Idempotency-Key': going.id },
        keepalive: true,
      });
      await this.done(going, response.status === 204 ? undefined : jobOf(await response.json()));
    } catch (failure) {
      if (going.method === 'DELETE' && isMissing(failure)) {
        await this.done(going, undefined);
        return;
      }
      this.forget(going.id);
      this.ends.failed(going, sentence(failure));
      going.stale.forEach((name) => void queries.invalidateQueries({ queryKey: [name] }));
    }
  }

  private async done(going: Going, job: string | undefined) {
    const then = this.thens.get(going.id);
    if (going.follow && job) tray.follow({ job_id: job }, going.follow, then);
    else then?.();
    // Until the lists are there that it is not in any more, it is shown as going.
    await Promise.all(going.stale.map((name) => queries.invalidateQueries({ queryKey: [name] })));
    this.forget(going.id);
    this.ends.done(going);
  }

  private find(id: string) {
    return this.all.find((one) => one.id === id);
  }

  private forget(id: string) {
    window.clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.thens.delete(id);
    this.set(this.all.filter((one) => one.id !== id));
  }

  private set(all: readonly Going[]) {
    this.all = all;
    this.listeners.forEach((listener) => listener());
  }
}

export const going = new HeldCalls();

export function useGoing(): readonly Going[] {
  return useSyncExternalStore(going.subscribe, going.snapshot);
}
