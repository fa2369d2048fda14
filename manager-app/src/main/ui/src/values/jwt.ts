import type { Json } from '../api/types';
import { fromBase64, toText } from './bytes';

export interface Jwt {
  header: Json;
  payload: Json;
  signatureBytes: number;
}

const SHAPE = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;
const LONGEST = 64 * 1024;

/** Decodes, and verifies nothing: there is no key here. */
export function readJwt(text: string): Jwt | undefined {
  const token = text.trim();
  if (token.length > LONGEST || !SHAPE.test(token)) return undefined;
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const first = json(header);
  const second = json(payload);
  if (first === undefined || second === undefined || typeof first !== 'object' || first === null || !('alg' in first)) return undefined;
  return { header: first, payload: second, signatureBytes: Math.floor((signature.length * 3) / 4) };
}

function json(part: string): Json | undefined {
  try {
    return JSON.parse(toText(fromBase64(part.replaceAll('-', '+').replaceAll('_', '/'))) ?? '') as Json;
  } catch {
    return undefined;
  }
}
