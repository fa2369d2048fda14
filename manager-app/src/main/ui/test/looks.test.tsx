import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeManager } from '../fake/api';
import type { StateEntry } from '../src/api/durable';
import { queries } from '../src/api/queries';

const ID = 'ab'.repeat(32);
const KITCHEN = { id: ID, name: 'kitchen', alarm: { at: '2026-01-01T00:00:02.000Z', scheduled_at: '2026-01-01T00:00:00.000Z', retries: 1 } };
const ENTRY: StateEntry = { key_hex: '636f756e74', key: 'count', key_encoding: 'text', size: 7, whole: true, value: '{"n":3}', value_encoding: 'text' };

/** What the manager answers to these, by path and search. */
let answers: Record<string, { status: number; body: unknown }>;

const ok = (result: unknown) => ({ status: 200, body: { success: true, result } });

beforeEach(() => {
  answers = {
    '/api/durable-objects': ok({ classes: [{ class: 'rooms', objects: 10_000, more: true }] }),
    '/api/durable-objects/rooms/objects': ok({ objects: [KITCHEN], cursor: 'on', list_complete: false }),
    '/api/durable-objects/rooms/objects?cursor=on': ok({ objects: [{ id: 'cd'.repeat(32), name: null, alarm: null }], cursor: '', list_complete: true }),
    '/api/durable-objects/rooms/objects?name=attic': ok({ objects: [], cursor: '', list_complete: true }),
    [`/api/durable-objects/rooms/objects/${ID}`]: ok({ ...KITCHEN, entries: 2, bytes: 19 }),
    [`/api/durable-objects/rooms/objects/${ID}/state`]: ok({ entries: [ENTRY, { ...ENTRY, key_hex: 'ff', key: 'ff', key_encoding: 'hex', value: '00ff', value_encoding: 'hex', size: 2 }], cursor: '', list_complete: true }),
    [`/api/durable-objects/rooms/objects/${ID}/state/636f756e74`]: ok(ENTRY),
  };
  const manager = new FakeManager();
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  vi.stubGlobal('fetch', (address: string, request: RequestInit) => {
    const url = new URL(address, 'http://manager');
    const known = answers[url.pathname + url.search];
    const answer = known ?? manager.answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: String(request.body ?? ''), token: '' });
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }));
  });
});

afterEach(() => {
  cleanup();
  queries.clear();
});

async function at(path: string) {
  history.replaceState(null, '', path);
  const { App } = await import('../src/app/App');
  render(<App />);
  return userEvent.setup();
}

describe('durable objects', () => {
  it('are found from their class down to an entry', async () => {
    const user = await at('/durable');
    expect(await screen.findByText(/more than/)).toBeTruthy();
    await user.click(screen.getByRole('link', { name: 'rooms' }));
    await user.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('without a name')).toBeTruthy();
    await user.click(screen.getByRole('link', { name: 'kitchen' }));
    expect(await screen.findByText(/after 1 failure/)).toBeTruthy();
    expect(screen.getByText('2 entries, 19 B')).toBeTruthy();
    expect(await screen.findByText('0x00ff')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'count' }));
    const dialog = await screen.findByRole('dialog');
    await waitFor(() => expect(within(dialog).getByRole('radio', { name: 'Tree' })).toBeTruthy());
  });

  it('are looked for by their whole name', async () => {
    const user = await at('/durable/rooms');
    await user.click(await screen.findByRole('searchbox'));
    await user.paste('attic');
    expect(await screen.findByRole('heading', { name: 'No object of this name' })).toBeTruthy();
    expect(location.search).toBe('?name=attic');
  });

  it('say where they cannot be seen', async () => {
    answers['/api/durable-objects'] = { status: 501, body: { success: false, error: 'This is not to be had here', code: 'unsupported' } };
    await at('/durable');
    expect(await screen.findByRole('heading', { name: 'Not to be seen here' })).toBeTruthy();
  });
});

describe('what recurs', () => {
  it('is shown with what it does now', async () => {
    const cron = { name: 'manager-keeping', cron: '0 3 * * *', timezone: 'Z', next_at: '2999-01-01T00:00:00.000Z', state: 'idle', newest_at: '2026-01-01T03:00:00.000Z', attempt: 1 };
    answers['/api/crons'] = ok({ crons: [cron, { ...cron, name: 'others-sweep', cron: null, timezone: null, next_at: null, state: 'abandoned', attempt: 2 }] });
    await at('/crons');
    const [, own, other] = await screen.findAllByRole('row');
    expect(own?.textContent).toContain('0 3 * * *');
    expect(own?.textContent).toContain('idle');
    expect(other?.textContent).toContain('of another app');
    expect(other?.textContent).toContain('to be run again, run 2');
  });
});
