import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { to } from '../app/address';
import { base } from './base';
import { ask } from './client';
import { operationName } from './jobs';
import { queries } from './queries';
import { has } from './routes';

export interface Notice {
  id: string;
  kind: string;
  namespace_id: string;
  title: string;
  about: string;
  timestamp: string;
}

export const NOTICES = has('GET /api/notifications');

const PING_MILLIS = 30_000;
const RETRY_MILLIS = [1_000, 2_000, 5_000, 15_000, 60_000];
const MOST = 100;

export function useNotices() {
  return useQuery({
    queryKey: ['notices'],
    queryFn: async ({ signal }) => (await ask<{ notifications: Notice[] }>('/api/notifications', { query: { limit: MOST }, signal })).notifications,
    enabled: NOTICES,
    staleTime: Infinity,
  });
}

/** What is told of a job begins with the kind of it as the manager names it. */
export function titleOfNotice(notice: Notice): string {
  const [first = '', ...rest] = notice.title.split(' ');
  return notice.kind === 'job' ? [operationName(first), ...rest].join(' ') : notice.title;
}

export function placeOfNotice(notice: Notice): string {
  return notice.kind === 'job' ? to.job(notice.about) : to.alerts();
}

/** Something that this browser remembers, and that several parts of the page look at. */
class Kept {
  private readonly listeners = new Set<() => void>();

  constructor(private readonly name: string) {}

  readonly read = () => localStorage.getItem(this.name) ?? '';

  write(value: string) {
    localStorage.setItem(this.name, value);
    this.listeners.forEach((listener) => listener());
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
}

const seen = new Kept('triport-notices-seen');
const desktop = new Kept('triport-notices-desktop');

export function useUnseenNotices(): number {
  const until = useSyncExternalStore(seen.subscribe, seen.read);
  return useNotices().data?.filter((one) => one.timestamp > until).length ?? 0;
}

export function markNoticesSeen() {
  seen.write(new Date().toISOString());
}

export type Desktop = 'on' | 'off' | 'blocked' | 'unknown';

/** Whether the browser tells of what ends while the page is out of sight. */
export function useDesktop(): [Desktop, (on: boolean) => Promise<void>] {
  const kept = useSyncExternalStore(desktop.subscribe, desktop.read);
  const state = !('Notification' in window) ? 'unknown' : Notification.permission === 'denied' ? 'blocked' : kept === 'on' && Notification.permission === 'granted' ? 'on' : 'off';
  return [
    state,
    async (on) => {
      const allowed = on && (await Notification.requestPermission()) === 'granted';
      desktop.write(allowed ? 'on' : '');
    },
  ];
}

function tell(notice: Notice) {
  queries.setQueryData<Notice[]>(['notices'], (before) => (before && !before.some((one) => one.id === notice.id) ? [notice, ...before].slice(0, MOST) : before));
  if (notice.kind === 'alert') void queries.invalidateQueries({ queryKey: ['alerts'] });
  if (notice.kind === 'job') void queries.invalidateQueries({ queryKey: ['jobs'] });
  if (document.hidden && desktop.read() === 'on' && 'Notification' in window && Notification.permission === 'granted') {
    const shown = new Notification(titleOfNotice(notice), { tag: notice.id });
    shown.onclick = () => window.focus();
  }
}

/** Hears of ends of jobs and of alerts as they happen, while somebody is signed in. */
export function useNoticeSocket() {
  useEffect(() => {
    if (!NOTICES) return undefined;
    let socket: WebSocket | undefined;
    let timer = 0;
    let attempt = 0;
    const connect = () => {
      const address = new URL(`${base}/api/notifications/ws`, location.href);
      address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
      const opened = new WebSocket(address);
      socket = opened;
      const pinging = window.setInterval(() => opened.readyState === WebSocket.OPEN && opened.send('{"type":"ping"}'), PING_MILLIS);
      opened.onopen = () => {
        // What happened while nobody listened.
        if (attempt > 0) void queries.invalidateQueries({ queryKey: ['notices'] });
        attempt = 0;
      };
      opened.onmessage = (message) => {
        const frame = JSON.parse(String(message.data)) as Notice & { type: string };
        if (frame.type === 'notification') tell(frame);
      };
      opened.onclose = () => {
        window.clearInterval(pinging);
        if (socket !== opened) return;
        timer = window.setTimeout(connect, RETRY_MILLIS[Math.min(attempt++, RETRY_MILLIS.length - 1)]);
      };
    };
    connect();
    return () => {
      window.clearTimeout(timer);
      const last = socket;
      socket = undefined;
      last?.close();
    };
  }, []);
}
