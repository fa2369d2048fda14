import type { Json } from '../api/types';

const DEEPEST = 64;

/** Reads one MessagePack value that fills all the bytes; nothing else counts as MessagePack. */
export function readMessagePack(bytes: Uint8Array): Json | undefined {
  const reader = new Reader(bytes);
  try {
    const value = reader.value(0);
    return reader.atEnd() ? value : undefined;
  } catch (failure) {
    if (failure instanceof RangeError) return undefined;
    throw failure;
  }
}

class Reader {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  value(depth: number): Json {
    if (depth > DEEPEST) throw new RangeError('too deep');
    const first = this.unsigned(1);
    if (first < 0x80) return first;
    if (first >= 0xe0) return first - 0x100;
    if (first < 0x90) return this.map(first & 0x0f, depth);
    if (first < 0xa0) return this.array(first & 0x0f, depth);
    if (first < 0xc0) return this.text(first & 0x1f);
    switch (first) {
      case 0xc0: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: return this.binary(this.unsigned(1));
      case 0xc5: return this.binary(this.unsigned(2));
      case 0xc6: return this.binary(this.unsigned(4));
      case 0xc7: return this.extension(this.unsigned(1));
      case 0xc8: return this.extension(this.unsigned(2));
      case 0xc9: return this.extension(this.unsigned(4));
      case 0xca: return this.float(4);
      case 0xcb: return this.float(8);
      case 0xcc: return this.unsigned(1);
      case 0xcd: return this.unsigned(2);
      case 0xce: return this.unsigned(4);
      case 0xcf: return number(this.view.getBigUint64(this.step(8)));
      case 0xd0: return this.view.getInt8(this.step(1));
      case 0xd1: return this.view.getInt16(this.step(2));
      case 0xd2: return this.view.getInt32(this.step(4));
      case 0xd3: return number(this.view.getBigInt64(this.step(8)));
      case 0xd4: return this.extension(1);
      case 0xd5: return this.extension(2);
      case 0xd6: return this.extension(4);
      case 0xd7: return this.extension(8);
      case 0xd8: return this.extension(16);
      case 0xd9: return this.text(this.unsigned(1));
      case 0xda: return this.text(this.unsigned(2));
      case 0xdb: return this.text(this.unsigned(4));
      case 0xdc: return this.array(this.unsigned(2), depth);
      case 0xdd: return this.array(this.unsigned(4), depth);
      case 0xde: return this.map(this.unsigned(2), depth);
      case 0xdf: return this.map(this.unsigned(4), depth);
      default: throw new RangeError('never used');
    }
  }

  private map(size: number, depth: number): Json {
    this.enough(size * 2);
    const map: Record<string, Json> = {};
    for (let at = 0; at < size; at++) {
      const name = this.value(depth + 1);
      map[typeof name === 'string' ? name : JSON.stringify(name)] = this.value(depth + 1);
    }
    return map;
  }

  private array(size: number, depth: number): Json {
    this.enough(size);
    return Array.from({ length: size }, () => this.value(depth + 1));
  }

  private text(size: number): string {
    const text = new TextDecoder('utf-8', { fatal: false }).decode(this.part(size));
    return text;
  }

  private binary(size: number): Json {
    return `<${size} bytes> ${hex(this.part(size))}`;
  }

  private extension(size: number): Json {
    const type = this.view.getInt8(this.step(1));
    return `<extension ${type}> ${hex(this.part(size))}`;
  }

  private float(size: 4 | 8): Json {
    const value = size === 4 ? this.view.getFloat32(this.step(4)) : this.view.getFloat64(this.step(8));
    return Number.isFinite(value) ? value : String(value);
  }

  private unsigned(size: 1 | 2 | 4): number {
    const at = this.step(size);
    return size === 1 ? this.view.getUint8(at) : size === 2 ? this.view.getUint16(at) : this.view.getUint32(at);
  }

  private part(size: number): Uint8Array {
    const at = this.step(size);
    return this.bytes.subarray(at, at + size);
  }

  private step(size: number): number {
    this.enough(size);
    const at = this.at;
    this.at += size;
    return at;
  }

  private enough(size: number) {
    if (this.at + size > this.bytes.length) throw new RangeError('ends too early');
  }
}

function number(value: bigint): Json {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : `${value}`;
}

const MOST_HEX = 64;

function hex(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, MOST_HEX)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > MOST_HEX ? `${shown}…` : shown;
}
