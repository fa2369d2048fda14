import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changesOf, draftOf, EMPTY, faultsOf, save, valued, type Draft } from '../src/screens/keyDraft';
import { fromText } from '../src/values/bytes';

const stored = draftOf(
  { name: 'a/b', ...valued(fromText('old')), metadata: { m: 1 }, expiration: 1_900_000_000 },
  { namespace_id: 'n', key_name: 'a/b', tags: ['t'], custom_metadata: {} },
);
const sent = vi.fn<(address: string, request: RequestInit) => Promise<Response>>();

beforeEach(() => {
  sent.mockReset();
  sent.mockImplementation(() => Promise.resolve(new Response('{"success":true}')));
  vi.stubGlobal('fetch', sent);
});

async function saved(draft: Draft) {
  await save('ns', draft, changesOf(stored, draft), '"7"', false);
  return sent.mock.calls.map(([address, request]) => ({ address, method: request.method, headers: request.headers as Record<string, string>, body: JSON.parse(String(request.body)) as Record<string, unknown> }));
}

describe('saving', () => {
  it('a new value keeps the expiration and the metadata, and guards against others', async () => {
    const [put, ...more] = await saved({ ...stored, ...valued(fromText('new')) });
    expect(more).toEqual([]);
    expect(put?.address).toBe('/api/keys/ns/a%2Fb');
    expect(put?.headers['If-Match']).toBe('"7"');
    expect(put?.body).toMatchObject({ value: 'new', encoding: 'utf8', metadata: { m: 1 }, keep_expiration: true });
  });

  it('tags alone leaves the value untouched', async () => {
    const calls = await saved({ ...stored, tags: ['t', 'u'] });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ address: '/api/metadata/ns/a%2Fb', body: { tags: ['t', 'u'] } });
    expect(calls[0]?.body).not.toHaveProperty('custom_metadata');
  });

  it('bytes that are no text go as base64', async () => {
    const [put] = await saved({ ...stored, ...valued(new Uint8Array([0xff, 0x00])) });
    expect(put?.body).toMatchObject({ value: '/wA=', encoding: 'base64' });
  });

  it('emptied metadata clears it', async () => {
    const [put] = await saved({ ...stored, metadata: ' ' });
    expect(put?.body).toHaveProperty('metadata', null);
  });

  it('a new key refuses to overwrite one', async () => {
    const draft = { ...EMPTY, name: 'n', ...valued(fromText('v')) };
    await save('ns', draft, changesOf(EMPTY, draft), undefined, true);
    expect(sent.mock.calls[0]?.[1].headers).toHaveProperty('If-None-Match', '*');
  });
});

describe('what cannot be saved', () => {
  const faults = (part: Partial<Draft>) => Object.keys(faultsOf({ ...stored, ...part }, 1_800_000_000_000));

  it('is told with its field', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ name: 'ü'.repeat(257) })).toEqual(['name']);
    expect(faults({ name: '..' })).toEqual(['name']);
    expect(faults({ metadata: '{' })).toEqual(['metadata']);
    expect(faults({ metadata: JSON.stringify('x'.repeat(1023)) })).toEqual(['metadata']);
    expect(faults({ custom: '[]' })).toEqual(['custom']);
    expect(faults({ expiry: { kind: 'in', seconds: 59 } })).toEqual(['expiry']);
    expect(faults({ expiry: { kind: 'in', seconds: NaN } })).toEqual(['expiry']);
    expect(faults({ expiry: { kind: 'at', epoch: 1_800_000_059 } })).toEqual(['expiry']);
  });
});
