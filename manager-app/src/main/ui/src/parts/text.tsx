import { useEffect, useState } from 'react';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(count: number): string {
  let unit = 0;
  let amount = count;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[unit]}`;
}

export function count(amount: number): string {
  return amount.toLocaleString('en-US');
}

export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

export function capital(text: string): string {
  return text.replace(/^./, (first) => first.toUpperCase());
}

const STEPS: readonly [limit: number, seconds: number, unit: string][] = [
  [90, 1, 's'],
  [90 * 60, 60, 'min'],
  [36 * 3600, 3600, 'h'],
  [60 * 86400, 86400, 'd'],
  [730 * 86400, 30 * 86400, 'mo'],
  [Infinity, 365 * 86400, 'y'],
];

/** A span in its largest useful unit: 45 s, 12 min, 3 h. */
export function span(seconds: number): string {
  const size = Math.abs(seconds);
  for (const [limit, unit, name] of STEPS) {
    if (size < limit) return `${Math.max(1, Math.round(size / unit))} ${name}`;
  }
  return '';
}

export function relative(date: Date, now: number): string {
  const seconds = (date.getTime() - now) / 1000;
  if (Math.abs(seconds) < 5) return 'now';
  return seconds > 0 ? `in ${span(seconds)}` : `${span(seconds)} ago`;
}

export function absolute(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

/** Ticks so that relative times stay true. */
export function useNow(everyMillis = 15_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), everyMillis);
    return () => window.clearInterval(timer);
  }, [everyMillis]);
  return now;
}

/** A moment: relative, with the absolute time as its title. */
export function When({ at }: { at: string | number | null | undefined }) {
  const now = useNow();
  if (at === null || at === undefined || at === '') return <span className="quiet">–</span>;
  const date = new Date(typeof at === 'number' ? at * 1000 : at);
  return (
    <time dateTime={date.toISOString()} title={absolute(date)} className="number">
      {relative(date, now)}
    </time>
  );
}
