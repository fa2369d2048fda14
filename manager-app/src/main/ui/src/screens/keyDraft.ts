import { ApiError, ask } from '../api/client';
import { keyPath, readWhole, type ReadKey } from '../api/keyValue';
import type { Json, KeyMetadata } from '../api/types';
import { equal, fromText, toBase64, toText } from '../values/bytes';

export type Expiry = { kind: 'keep' } | { kind: 'never' } | { kind: 'in'; seconds: number } | { kind: 'at'; epoch: number };

/** What is being edited: one thing, saved as one. */
export interface Draft {
  name: string;
  bytes: Uint8Array;
  /** Of the whole value; larger than what is here while only its beginning was read. */
  size: number;
  metadata: string;
  custom: string;
  tags: readonly string[];
  expiry: Expiry;
}

export const EMPTY: Draft = { name: '', ...valued(new Uint8Array(0)), metadata: '', custom: '{}', tags: [], expiry: { kind: 'never' } };

/** A value that is here whole. */
export function valued(bytes: Uint8Array): Pick<Draft, 'bytes' | 'size'> {
  return { bytes, size: bytes.length };
}

export function draftOf(key: ReadKey, metadata: KeyMetadata): Draft {
  return {
    name: key.name,
    bytes: key.bytes,
    size: key.size,
    metadata: key.metadata === undefined || key.metadata === null ? '' : JSON.stringify(key.metadata, null, 2),
    custom: JSON.stringify(metadata.custom_metadata, null, 2),
    tags: metadata.tags,
    expiry: { kind: 'keep' },
  };
}

export interface Faults {
  name?: string;
  metadata?: string;
  custom?: string;
  expiry?: string;
}

const LONGEST_NAME = 512;
const LARGEST_METADATA = 1024;
const SHORTEST_SECONDS = 60;

export function faultsOf(draft: Draft, now: number): Faults {
  const faults: Faults = {};
  const name = fromText(draft.name).length;
  if (name > LONGEST_NAME) faults.name = `The name has ${name} bytes; at most 512 are possible.`;
  else if (draft.name === '.' || draft.name === '..') faults.name = 'This name is not possible.';
  const metadata = parsed(draft.metadata);
  if (metadata === undefined) faults.metadata = 'This is not JSON.';
  else if (metadata !== null && fromText(JSON.stringify(metadata)).length > LARGEST_METADATA) faults.metadata = 'The metadata has more than 1024 bytes.';
  const custom = parsed(draft.custom);
  if (custom === undefined) faults.custom = 'This is not JSON.';
  else if (typeof custom !== 'object' || Array.isArray(custom)) faults.custom = 'This has to be a JSON object.';
  const seconds = draft.expiry.kind === 'in' ? draft.expiry.seconds : draft.expiry.kind === 'at' ? draft.expiry.epoch - now / 1000 : SHORTEST_SECONDS;
  if (!(seconds >= SHORTEST_SECONDS)) faults.expiry = 'At least 60 seconds from now.';
  return faults;
}

/** Empty text is null, which clears. */
function parsed(text: string): Json | undefined {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export interface Changes {
  value: boolean;
  metadata: boolean;
  custom: boolean;
  tags: boolean;
  expiry: boolean;
}

export function changesOf(before: Draft, after: Draft): Changes {
  return {
    value: !equal(before.bytes, after.bytes),
    metadata: before.metadata.trim() !== after.metadata.trim(),
    custom: before.custom.trim() !== after.custom.trim(),
    tags: before.tags.join() !== after.tags.join(),
    expiry: after.expiry.kind !== before.expiry.kind,
  };
}

export function changed(changes: Changes): boolean {
  return Object.values(changes).includes(true);
}

/** The value as text, for comparisons. */
export function textOf(draft: Draft): string {
  return toText(draft.bytes) ?? toBase64(draft.bytes);
}

/** The value with its native metadata and expiration first; then what is known of it, if that changed. */
export async function save(ns: string, draft: Draft, changes: Changes, etag: string | undefined, isNew: boolean): Promise<void> {
  if (isNew || changes.value || changes.metadata || changes.expiry) {
    const bytes = draft.bytes.length < draft.size ? await readWhole(ns, draft.name) : draft.bytes;
    const text = toText(bytes);
    await ask(keyPath('keys', ns, draft.name), {
      method: 'PUT',
      json: {
        value: text ?? toBase64(bytes),
        encoding: text === undefined ? 'base64' : 'utf8',
        ...(isNew && draft.metadata.trim() === '' ? {} : { metadata: parsed(draft.metadata) }),
        ...expiration(draft.expiry),
        create_backup: !isNew,
      },
      headers: isNew ? { 'If-None-Match': '*' } : etag ? { 'If-Match': etag } : {},
    });
  }
  if (changes.tags || changes.custom) {
    await ask(keyPath('metadata', ns, draft.name), {
      method: 'PUT',
      json: { ...(changes.tags ? { tags: draft.tags } : {}), ...(changes.custom ? { custom_metadata: parsed(draft.custom) ?? {} } : {}) },
    });
  }
}

function expiration(expiry: Expiry): Record<string, unknown> {
  switch (expiry.kind) {
    case 'keep': return { keep_expiration: true };
    case 'never': return {};
    case 'in': return { expiration_ttl: expiry.seconds };
    case 'at': return { expiration: expiry.epoch };
  }
}

/** What the schema of the namespace said against the value, where that is why it was refused. */
export function violationOf(failure: unknown): { pointer: string; reason: string } | undefined {
  if (!(failure instanceof ApiError) || failure.code !== 'schema_violated') return undefined;
  const { pointer, reason } = (failure.details ?? {}) as { pointer?: unknown; reason?: unknown };
  return typeof pointer === 'string' && typeof reason === 'string' ? { pointer, reason } : undefined;
}

export function isConflict(failure: unknown): boolean {
  return failure instanceof ApiError && (failure.status === 409 || failure.status === 412);
}
