import { describe, expect, it, vi } from 'vitest';
import { FakeManager } from '../fake/api';
import { KeyPages } from '../src/api/keyPages';

function served(manager: FakeManager) {
  vi.stubGlobal('fetch', (address: string) => {
    const url = new URL(address, 'http://manager');
    const answer = manager.answer({ method: 'GET', path: url.pathname, query: url.searchParams, body: '' });
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }));
  });
}

describe('pages of keys', () => {
  it('are put behind each other until the last', async () => {
    const manager = new FakeManager();
    const ns = manager.addSpace('many');
    for (let at = 0; at < 2500; at++) manager.put(ns, `k${String(at).padStart(4, '0')}`, 'v');
    served(manager);
    const pages = new KeyPages(ns, '');
    for (const loaded of [1000, 2000, 2500]) {
      pages.more();
      await vi.waitFor(() => expect(pages.snapshot().rows).toHaveLength(loaded));
    }
    expect(pages.snapshot().complete).toBe(true);
    expect(pages.snapshot().rows.map((row) => row.name)).toEqual([...pages.snapshot().rows.map((row) => row.name)].sort());
  });

  it('are asked for one at a time', async () => {
    const asked = vi.fn(() => Promise.resolve(new Response('{"success":true,"result":{"keys":[],"list_complete":true}}')));
    vi.stubGlobal('fetch', asked);
    const pages = new KeyPages('ns', '');
    pages.more();
    pages.more();
    await vi.waitFor(() => expect(pages.snapshot().complete).toBe(true));
    pages.more();
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('that fail can be asked for again', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"success":false,"error":"Away.","code":"storage_unavailable"}', { status: 503 })));
    const pages = new KeyPages('ns', '');
    pages.more();
    await vi.waitFor(() => expect(pages.snapshot().failure).toHaveProperty('message', 'Away.'));
    expect(pages.snapshot().loading).toBe(false);
  });
});
