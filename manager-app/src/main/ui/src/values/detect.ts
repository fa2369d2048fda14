import type { Json } from '../api/types';
import { toText } from './bytes';
import { readJwt } from './jwt';
import { readMessagePack } from './msgpack';

export type View = 'text' | 'json' | 'jwt' | 'image' | 'gzip' | 'msgpack' | 'hex' | 'base64';

export const VIEW_NAMES: Record<View, string> = {
  text: 'Text',
  json: 'Tree',
  jwt: 'JWT',
  image: 'Image',
  gzip: 'Gzip',
  msgpack: 'MessagePack',
  hex: 'Hex',
  base64: 'Base64',
};

/** Parsing more than this for the sake of a guess would be felt. */
const LARGEST_PARSED = 4 * 1024 * 1024;

/** The views that fit a value, the best first. */
export function viewsOf(bytes: Uint8Array): View[] {
  const views: View[] = [];
  const text = toText(bytes);
  if (isGzip(bytes)) views.push('gzip');
  if (imageType(bytes)) views.push('image');
  if (text === undefined) {
    if (bytes.length <= LARGEST_PARSED && isContainer(readMessagePack(bytes))) views.push('msgpack');
  } else {
    if (readJwt(text)) views.push('jwt');
    views.push('text');
    if (isContainer(readJson(text))) views.push('json');
  }
  return [...views, 'hex', 'base64'];
}

export function readJson(text: string): Json | undefined {
  const first = text.trimStart()[0];
  if ((first !== '{' && first !== '[') || text.length > LARGEST_PARSED) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isContainer(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

const IMAGES: readonly [type: string, at: number, start: string][] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
];

/** SVG is not among them: it is text, and may carry scripts. */
export function imageType(bytes: Uint8Array): string | undefined {
  return IMAGES.find(([, at, start]) => [...start].every((letter, index) => bytes[at + index] === letter.charCodeAt(0)))?.[0];
}

const LARGEST_INFLATED = 64 * 1024 * 1024;

/** Stops at a size that a page can hold, because a small gzip may be a very large value. */
export async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > LARGEST_INFLATED) {
      await reader.cancel();
      throw new Error('Unpacked it is larger than 64 MiB, which is too much to show.');
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
