import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ApiError, ask } from './client';

export interface DurableClass {
  class: string;
  objects: number;
  /** There are more than were counted. */
  more: boolean;
}

export interface Alarm {
  at: string;
  scheduled_at: string;
  retries: number;
}

export interface DurableObject {
  id: string;
  name: string | null;
  alarm: Alarm | null;
}

export interface DurableSummary extends DurableObject {
  entries: number;
  bytes: number;
}

export type Encoding = 'text' | 'hex';

export interface StateEntry {
  key_hex: string;
  key: string;
  key_encoding: Encoding;
  /** Of the whole value. */
  size: number;
  /** Whether all of the value is here. */
  whole: boolean;
  value: string;
  value_encoding: Encoding;
}

interface Paged {
  cursor: string;
}

export const CLASSES = '/api/durable-objects';

export const objectsPath = (type: string) => `${CLASSES}/${encodeURIComponent(type)}/objects`;
export const objectPath = (type: string, id: string) => `${objectsPath(type)}/${encodeURIComponent(id)}`;

const KEY = ['durable'];
const NOT_KEPT = 501;

/** All classes with objects; null where only whoever has the objects can see them. */
export function useClasses() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      try {
        return (await ask<{ classes: DurableClass[] }>(CLASSES, { signal })).classes;
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === NOT_KEPT) return null;
        throw failure;
      }
    },
    staleTime: 0,
  });
}

/** Page by page; with a name the one that has it. */
export function useObjects(type: string, name: string) {
  return useInfiniteQuery({
    queryKey: [...KEY, type, name],
    queryFn: ({ pageParam, signal }) => ask<{ objects: DurableObject[] } & Paged>(objectsPath(type), { query: { name, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.cursor || undefined,
    staleTime: 0,
  });
}

export function useObject(type: string, id: string) {
  return useQuery({ queryKey: [...KEY, type, 'one', id], queryFn: ({ signal }) => ask<DurableSummary>(objectPath(type, id), { signal }), staleTime: 0 });
}

export function useEntries(type: string, id: string, prefix: string) {
  return useInfiniteQuery({
    queryKey: [...KEY, type, 'one', id, 'state', prefix],
    queryFn: ({ pageParam, signal }) => ask<{ entries: StateEntry[] } & Paged>(`${objectPath(type, id)}/state`, { query: { prefix, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.cursor || undefined,
    staleTime: 0,
  });
}

/** One entry with all of its value. */
export function useEntry(type: string, id: string, keyHex: string) {
  return useQuery({
    queryKey: [...KEY, type, 'one', id, 'entry', keyHex],
    queryFn: ({ signal }) => ask<StateEntry>(`${objectPath(type, id)}/state/${keyHex}`, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

const encoder = new TextEncoder();

/** The bytes that an answer stands for. */
export function bytesOf(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'text') return encoder.encode(text);
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** What a row shows of a text: JSON and lines without their layout. */
export function inOneLine(entry: StateEntry): string {
  return entry.value_encoding === 'text' ? entry.value.replace(/\s+/g, ' ') : `0x${entry.value}`;
}
