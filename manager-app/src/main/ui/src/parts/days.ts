/** A day of this browser's calendar as an instant, moved by whole days; nothing for what is no day. */
export function instant(day: string, more = 0): string {
  const date = new Date(`${day}T00:00:00`);
  if (!day || Number.isNaN(date.getTime())) return '';
  date.setDate(date.getDate() + more);
  return date.toISOString();
}

/** The day on which an instant falls here. */
export function dayOf(moment: string, more = 0): string {
  const date = new Date(moment);
  if (!moment || Number.isNaN(date.getTime())) return '';
  date.setDate(date.getDate() + more);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
