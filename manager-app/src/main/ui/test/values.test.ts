// @vitest-environment node
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cutCleanly, equal, fromBase64, fromText, hexLine, toBase64, toText } from '../src/values/bytes';
import { imageType, inflate, viewsOf } from '../src/values/detect';
import { replaced } from '../src/values/JsonTree';
import { readJwt } from '../src/values/jwt';
import { readMessagePack } from '../src/values/msgpack';

const bytes = (...numbers: number[]) => new Uint8Array(numbers);

describe('bytes', () => {
  it('come back from base64 as they went in', () => {
    const all = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7) % 256);
    expect(equal(fromBase64(toBase64(all)), all)).toBe(true);
  });

  it('that are no UTF-8 have no text', () => {
    expect(toText(bytes(0xff, 0xfe))).toBeUndefined();
    expect(toText(fromText('héllo\u0000'))).toBe('héllo\u0000');
  });

  it('keep a byte order mark', () => {
    expect(toText(bytes(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  });

  it('that were cut inside a letter lose only that', () => {
    const text = fromText('aé€😀');
    const kept = Array.from({ length: text.length + 1 }, (_, at) => toText(cutCleanly(text.subarray(0, at))));
    expect(kept).toEqual(['', 'a', 'a', 'aé', 'aé', 'aé', 'aé€', 'aé€', 'aé€', 'aé€', 'aé€😀']);
  });

  it('are shown sixteen to a line', () => {
    const line = hexLine(fromText('0123456789abcdefXY\n'), 1);
    expect(line).toEqual({ offset: '00000010', hex: '58 59 0a', ascii: 'XY·' });
  });
});

describe('the best view', () => {
  const best = (value: Uint8Array) => viewsOf(value)[0];

  it('of text is text, with a tree where it is JSON', () => {
    expect(viewsOf(fromText('hello'))).toEqual(['text', 'hex', 'base64']);
    expect(viewsOf(fromText(' {"a":[1]}'))).toContain('json');
    expect(viewsOf(fromText('{"a":'))).not.toContain('json');
    expect(viewsOf(fromText('12'))).not.toContain('json');
  });

  it('of a picture is the picture', () => {
    expect(imageType(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBe('image/png');
    expect(best(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe('image');
    expect(best(fromText('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('text');
  });

  it('of a packed value is what is inside', async () => {
    const packed = new Uint8Array(gzipSync('{"a":1}'));
    expect(best(packed)).toBe('gzip');
    expect(toText(await inflate(packed))).toBe('{"a":1}');
  });

  it('of MessagePack is a tree, and random bytes are not MessagePack', () => {
    expect(best(bytes(0x82, 0xa1, 0x61, 0x01, 0xa1, 0x62, 0xc3, 0xff).subarray(0, 7))).toBe('msgpack');
    expect(best(bytes(0x82, 0xa1, 0x61, 0x01, 0xa1))).toBe('hex');
    expect(best(bytes(0xc1, 0x00))).toBe('hex');
  });
});

describe('MessagePack', () => {
  it('of all kinds is read', () => {
    const packed = bytes(0x96, 0xff, 0xcd, 0x01, 0x00, 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0xc4, 0x01, 0xab, 0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    expect(readMessagePack(packed)).toEqual([-1, 256, 1.5, null, '<1 bytes> ab', '18446744073709551615']);
  });

  it('that claims more than it has is refused before memory is taken', () => {
    expect(readMessagePack(bytes(0xdd, 0xff, 0xff, 0xff, 0xff))).toBeUndefined();
    expect(readMessagePack(bytes(0xdf, 0xff, 0xff, 0xff, 0xff))).toBeUndefined();
  });

  it('nested without end is refused', () => {
    expect(readMessagePack(new Uint8Array(10_000).fill(0x91))).toBeUndefined();
  });
});

describe('a JWT', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('is decoded without being trusted', () => {
    const token = `${part({ alg: 'RS256' })}.${part({ sub: 'ada', exp: 1 })}.${'A'.repeat(43)}`;
    expect(readJwt(token)).toEqual({ header: { alg: 'RS256' }, payload: { sub: 'ada', exp: 1 }, signatureBytes: 32 });
  });

  it('is more than three words with dots', () => {
    expect(readJwt('one.two.three')).toBeUndefined();
    expect(readJwt(`${part({ typ: 'x' })}.${part({})}.`)).toBeUndefined();
  });
});

describe('a leaf of a tree', () => {
  it('is replaced where it is, and nothing else is', () => {
    const value = { a: [1, { b: 2 }], c: 3 };
    expect(replaced(value, ['a', 1, 'b'], 'x')).toEqual({ a: [1, { b: 'x' }], c: 3 });
    expect(value.a).toEqual([1, { b: 2 }]);
  });
});
