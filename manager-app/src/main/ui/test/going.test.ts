import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeldCalls, holdable, UNDO_MILLIS, type Going, type Order } from '../src/api/going';

const ORDER: Order = { what: 'cache purge', verb: 'deleted', of: '/api/webhooks/1', path: '/api/webhooks/1', method: 'DELETE', stale: ['webhooks'] };

interface Call {
  path: string;
  method: string;
  id: string;
  keepalive: boolean;
}

let calls: Call[];
let answer: () => Promise<Response>;
let told: string[];

const said = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status }));

function page(): HeldCalls {
  const held = new HeldCalls();
  held.tell({
    done: (one) => told.push(`done: ${one.what}`),
    undone: (one) => told.push(`undone: ${one.what}`),
    failed: (one, why) => told.push(`failed: ${one.what}: ${why}`),
  });
  return held;
}

const states = (held: HeldCalls) => held.snapshot().map((one: Going) => (one.sent ? 'sent' : 'held'));

/** What is on its way has arrived. */
const arrived = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  calls = [];
  told = [];
  answer = () => said(200, { success: true, result: { deleted: true } });
  vi.stubGlobal('fetch', (path: string, request: RequestInit) => {
    calls.push({ path, method: request.method ?? '', id: (request.headers as Record<string, string>)['Idempotency-Key'] ?? '', keepalive: request.keepalive ?? false });
    return answer();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what cannot be brought back', () => {
  it('goes when it can be undone no longer, and once', async () => {
    const held = page();
    held.hold(ORDER);

    await vi.advanceTimersByTimeAsync(UNDO_MILLIS - 1);
    expect([calls.length, states(held)]).toEqual([0, ['held']]);
    await vi.advanceTimersByTimeAsync(1);

    expect(calls.map(({ path, method }) => [method, path])).toEqual([['DELETE', '/api/webhooks/1']]);
    expect([states(held), told]).toEqual([[], ['done: cache purge']]);
  });

  it('stays when it is undone', async () => {
    const held = page();

    held.undo(held.hold(ORDER));
    await vi.advanceTimersByTimeAsync(2 * UNDO_MILLIS);

    expect([calls, states(held), told]).toEqual([[], [], ['undone: cache purge']]);
  });

  it('goes at once where that is wished, and not again later', async () => {
    const held = page();

    await held.now(held.hold(ORDER));
    await vi.advanceTimersByTimeAsync(2 * UNDO_MILLIS);

    expect([calls.length, told]).toEqual([1, ['done: cache purge']]);
  });

  it('cannot be undone while it goes', async () => {
    answer = () => new Promise(() => {});
    const held = page();
    const id = held.hold(ORDER);

    void held.now(id);
    held.undo(id);

    expect([states(held), told]).toEqual([['sent'], []]);
  });

  it('comes back with the reason when the manager refuses', async () => {
    answer = () => said(409, { success: false, error: 'The namespace is protected.', code: 'protected' });
    const held = page();

    await held.now(held.hold(ORDER));

    expect([states(held), told]).toEqual([[], ['failed: cache purge: The namespace is protected.']]);
  });

  it('is tried again by the same id', async () => {
    answer = () => Promise.reject(new TypeError('offline'));
    const held = page();
    held.hold(ORDER);
    const [first] = held.snapshot();
    await held.allNow();
    answer = () => said(200, { success: true });

    held.again(first as Going);
    await arrived();

    expect(calls.map((call) => call.id)).toEqual([first?.id, first?.id]);
    expect(told).toEqual(['failed: cache purge: The manager cannot be reached.', 'done: cache purge']);
  });

  it('was deleted if it is not there any more', async () => {
    answer = () => said(404, { success: false, error: 'No such webhook.', code: 'webhook_not_found' });
    const held = page();

    await held.now(held.hold(ORDER));

    expect(told).toEqual(['done: cache purge']);
  });

  it('is not said to be done where the call is no deletion and finds nothing', async () => {
    answer = () => said(404, { success: false, error: 'No such backup.', code: 'backup_not_found' });
    const held = page();

    await held.now(held.hold({ ...ORDER, method: 'POST' }));

    expect(told).toEqual(['failed: cache purge: No such backup.']);
  });
});

describe('a page that is left', () => {
  it('lets what it holds go out behind it, and the next one hears of it by the same id', async () => {
    const before = page();
    before.hold(ORDER);
    answer = () => new Promise(() => {});
    before.leave();
    answer = () => said(404, { success: false, error: 'No such webhook.', code: 'webhook_not_found' });
    const after = page();

    after.settle();
    const shown = states(after);
    await arrived();

    expect(calls.map((call) => call.keepalive)).toEqual([true, true]);
    expect(new Set(calls.map((call) => call.id)).size).toBe(1);
    expect([shown, states(after), told]).toEqual([['sent'], [], ['done: cache purge']]);
  });

  it('leaves nothing for the page after the next', async () => {
    const before = page();
    before.hold(ORDER);
    before.leave();
    await arrived();
    page().settle();
    await arrived();
    const made = calls.length;

    page().settle();
    await arrived();

    expect(calls.length).toBe(made);
  });

  it('leaves nothing for a tab that is opened again later', async () => {
    const before = page();
    before.hold(ORDER);
    before.leave();
    await arrived();
    vi.setSystemTime(Date.now() + 3_600_000);
    const made = calls.length;

    page().settle();
    await arrived();

    expect(calls.length).toBe(made);
  });

  it('is not left twice when it comes back as it was', async () => {
    answer = () => new Promise(() => {});
    const held = page();
    held.hold(ORDER);

    held.leave();
    held.settle();

    expect(calls.length).toBe(1);
  });

  it('leaves nothing where nothing is held', () => {
    page().leave();

    expect([calls, sessionStorage.length]).toEqual([[], 0]);
  });
});

it('a call that is too large to go out behind a page is not held back', () => {
  const names = (count: number) => ({ keys: Array.from({ length: count }, (_, at) => `a-key-of-some-length-${at}`) });

  expect([holdable(undefined), holdable(names(500)), holdable(names(2000))]).toEqual([true, true, false]);
});
