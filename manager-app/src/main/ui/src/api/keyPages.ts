import { useDeferredValue, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask, send } from './client';
import { has } from './routes';
import type { Found, KeyPage, KeyRow } from './types';

const PAGE = 1000;

/** Orders other than by name, as the search has them. */
export type Sort = '' | '-name' | 'largest' | 'smallest' | 'expiring' | 'newest' | 'oldest';

export interface KeyPagesState {
  rows: readonly KeyRow[];
  /** How many rows there were when this was said; the array itself grows. */
  length: number;
  complete: boolean;
  loading: boolean;
  failure: unknown;
}

/**
 * The keys under a prefix, page after page, in one array that only grows: a million rows are never copied for the sake of the
 * next thousand.
 */
export class KeyPages {
  private readonly rows: KeyRow[] = [];
  private cursor: string | undefined;
  private running: AbortController | undefined;
  private readonly listeners = new Set<() => void>();
  private state: KeyPagesState = { rows: this.rows, length: 0, complete: false, loading: false, failure: undefined };

  constructor(private readonly ns: string, private readonly prefix: string, private readonly sort: Sort = '') {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly snapshot = () => this.state;

  readonly more = () => {
    if (this.running || this.state.complete) return;
    const running = new AbortController();
    this.running = running;
    this.set({ loading: true, failure: undefined });
    const page = this.sort === '' ? this.listed(running.signal) : this.sorted(this.sort, running.signal);
    page.then(
      (page) => {
        if (running.signal.aborted) return;
        this.running = undefined;
        for (const row of page.keys) this.rows.push(row);
        this.cursor = page.cursor;
        this.set({ loading: false, length: this.rows.length, complete: page.list_complete });
      },
      (failure: unknown) => {
        if (running.signal.aborted) return;
        this.running = undefined;
        this.set({ loading: false, failure });
      },
    );
  };

  stop() {
    this.running?.abort();
    this.running = undefined;
  }

  private listed(signal: AbortSignal): Promise<KeyPage> {
    return ask<KeyPage>(`/api/keys/${this.ns}/list`, { query: { prefix: this.prefix, cursor: this.cursor, limit: PAGE, details: true }, signal });
  }

  private async sorted(sort: Sort, signal: AbortSignal): Promise<KeyPage> {
    const found = await ask<Found[]>('/api/search', { query: { namespaceId: this.ns, prefix: this.prefix, sort, limit: PAGE, offset: this.rows.length || undefined }, signal });
    return { keys: found.map((one) => ({ ...one, name: one.key_name })), list_complete: found.length < PAGE };
  }

  private set(changed: Partial<KeyPagesState>) {
    this.state = { ...this.state, ...changed };
    this.listeners.forEach((listener) => listener());
  }
}

/** How many keys there are under a prefix, before all of them are loaded. */
export function useMatching(ns: string, prefix: string, wanted: boolean, generation: number): number | undefined {
  return useQuery({
    queryKey: ['matching', ns, prefix, generation],
    queryFn: async ({ signal }) => Number((await send('/api/search', { query: { namespaceId: ns, prefix, limit: 1 }, signal })).headers.get('X-Total-Count') ?? NaN),
    enabled: wanted && has('GET /api/search'),
    staleTime: 30_000,
  }).data;
}

/** @param generation a new number starts over */
export function useKeyPages(ns: string, prefix: string, sort: Sort, generation: number) {
  const pages = useMemo(() => new KeyPages(ns, prefix, sort), [ns, prefix, sort, generation]);
  useEffect(() => {
    pages.more();
    return () => pages.stop();
  }, [pages]);
  // Drawn in slices: a thousand rows that arrive do not hold up what is typed or scrolled.
  const state = useDeferredValue(useSyncExternalStore(pages.subscribe, pages.snapshot));
  return { ...state, more: pages.more };
}
