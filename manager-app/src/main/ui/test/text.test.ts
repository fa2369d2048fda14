import { describe, expect, it } from 'vitest';
import { csv } from '../src/parts/csv';
import { bytes, plural, relative, span } from '../src/parts/text';

describe('numbers', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [26_214_400, '25.0 MiB'],
    [150 * 1024 * 1024, '150 MiB'],
  ])('%d bytes are %s', (amount, text) => expect(bytes(amount)).toBe(text));

  it.each([
    [1, '1 s'],
    [89, '89 s'],
    [3600, '60 min'],
    [7200, '2 h'],
    [86_400 * 5, '5 d'],
    [86_400 * 90, '3 mo'],
  ])('%d seconds are %s', (seconds, text) => expect(span(seconds)).toBe(text));

  it('count things', () => {
    expect(plural(1, 'key')).toBe('1 key');
    expect(plural(12_431, 'key')).toBe('12,431 keys');
  });

  it('place a moment before or after now', () => {
    const now = Date.UTC(2026, 0, 1);
    expect(relative(new Date(now - 120_000), now)).toBe('2 min ago');
    expect(relative(new Date(now + 120_000), now)).toBe('in 2 min');
    expect(relative(new Date(now), now)).toBe('now');
  });
});

describe('a table for spreadsheets', () => {
  it('quotes every cell and disarms what would run', () => {
    expect(csv(['Key', 'Why'], [['=1+1', 'a "b"'], ['-x', 'two\nlines']])).toBe('Key,Why\r\n"\'=1+1","a ""b"""\r\n"\'-x","two\nlines"');
  });
});
