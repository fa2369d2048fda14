const STEP = 0x8000;

export function fromBase64(text: string): Uint8Array {
  const binary = atob(text.replace(/\s+/g, ''));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(binary);
}

/** The text of bytes that are well-formed UTF-8, else nothing. */
export function toText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Without the beginning of a letter that goes on behind the end. */
export function cutCleanly(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

export function fromText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A loop, because a call for each of 25 million bytes would be felt at each key pressed. */
export function equal(one: Uint8Array, other: Uint8Array): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

const ACROSS = 16;

export interface HexLine {
  offset: string;
  hex: string;
  ascii: string;
}

export function hexLine(bytes: Uint8Array, line: number): HexLine {
  const part = bytes.subarray(line * ACROSS, (line + 1) * ACROSS);
  return {
    offset: (line * ACROSS).toString(16).padStart(8, '0'),
    hex: [...part].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
    ascii: [...part].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
  };
}

export function hexLines(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / ACROSS);
}
