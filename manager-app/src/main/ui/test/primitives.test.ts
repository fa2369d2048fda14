import { describe, expect, it } from 'vitest';
import { quoted } from '../src/api/databases';
import { bytesOf, inOneLine, type StateEntry } from '../src/api/durable';
import { bodyOf, type QueueMessage } from '../src/api/queues';
import { vectorOf } from '../src/api/vectors';

const message = (body: unknown, type?: string): QueueMessage => ({ id: 'a', body, attempts: 1, timestamp_ms: 0, ...(type ? { metadata: { 'CF-Content-Type': type } } : {}) });

describe('a name in SQL', () => {
  it('stands in quotes, and so do its own', () => {
    expect(quoted('orders')).toBe('"orders"');
    expect(quoted('a"b;--')).toBe('"a""b;--"');
  });
});

describe('the body of a message', () => {
  it('is shown as it was sent, whatever it came in', () => {
    expect(bodyOf(message('hello', 'text'))).toBe('hello');
    expect(bodyOf(message(btoa('{"n":1}'), 'json'))).toBe('{"n":1}');
    expect(bodyOf(message('w6k=', 'bytes'))).toBe('é');
    expect(bodyOf(message({ n: 1 }))).toBe('{"n":1}');
  });

  it('is shown as it came where it is no base64', () => {
    expect(bodyOf(message('not base64!', 'json'))).toBe('not base64!');
  });
});

describe('numbers that people type', () => {
  it('are a vector with brackets and without, by commas, spaces and lines', () => {
    expect(vectorOf('[1, -2.5, 3e-2]')).toEqual([1, -2.5, 0.03]);
    expect(vectorOf(' 1 2\n3 ')).toEqual([1, 2, 3]);
  });

  it('are none where one of them is no number', () => {
    expect(vectorOf('')).toBeUndefined();
    expect(vectorOf('1, x')).toBeUndefined();
    expect(vectorOf('1, Infinity')).toBeUndefined();
    expect(vectorOf('{}')).toBeUndefined();
  });
});

const entry = (value: string, encoding: StateEntry['value_encoding']): StateEntry => ({ key_hex: '61', key: 'a', key_encoding: 'text', size: 1, whole: true, value, value_encoding: encoding });

describe('an entry of a durable object', () => {
  it('stands for the bytes that it was shown as', () => {
    expect([...bytesOf('\u00e9', 'text')]).toEqual([0xc3, 0xa9]);
    expect([...bytesOf('00ff7f', 'hex')]).toEqual([0, 255, 127]);
    expect([...bytesOf('', 'hex')]).toEqual([]);
  });

  it('is one line in a row, and says when it is no text', () => {
    expect(inOneLine(entry('{\n  "a": 1\n}', 'text'))).toBe('{ "a": 1 }');
    expect(inOneLine(entry('ff00', 'hex'))).toBe('0xff00');
  });
});
