import { ask, send } from './client';
import { cutCleanly } from '../values/bytes';
import type { Json, KeyPage } from './types';

export function keyPath(area: 'keys' | 'metadata' | 'backup' | 'versions', ns: string, name: string): string {
  return `/api/${area}/${ns}/${encodeURIComponent(name)}`;
}

/** A key as it is opened: of a large value only the beginning. */
export interface ReadKey {
  name: string;
  bytes: Uint8Array;
  /** Of the whole value. */
  size: number;
  metadata?: Json | undefined;
  expiration?: number | undefined;
  etag?: string | undefined;
}

/** So much is read at first. */
const FIRST = 1024 * 1024;
const NO_SUCH_RANGE = 416;

/**
 * The bytes come as they are, and a range of them, so that 25 MiB do not hold the page up. What stands beside the value is in the
 * list, where the key itself is the first of all that begin with its name.
 */
export async function readKey(ns: string, name: string, signal: AbortSignal): Promise<ReadKey> {
  const [raw, page] = await Promise.all([
    send(`${keyPath('keys', ns, name)}/raw`, { headers: { Range: `bytes=0-${FIRST - 1}` }, signal, expected: NO_SUCH_RANGE }),
    ask<KeyPage>(`/api/keys/${ns}/list`, { query: { prefix: name, limit: 1 }, signal }),
  ]);
  const bytes = raw.status === NO_SUCH_RANGE ? new Uint8Array(0) : new Uint8Array(await raw.arrayBuffer());
  const size = Number(raw.headers.get('Content-Range')?.split('/')[1] ?? bytes.length);
  const row = page.keys.find((one) => one.name === name);
  return {
    name,
    bytes: bytes.length < size ? cutCleanly(bytes) : bytes,
    size,
    metadata: row?.metadata,
    expiration: row?.expiration,
    etag: raw.headers.get('ETag') ?? undefined,
  };
}

export async function readWhole(ns: string, name: string): Promise<Uint8Array> {
  const response = await send(`${keyPath('keys', ns, name)}/raw`);
  return new Uint8Array(await response.arrayBuffer());
}
