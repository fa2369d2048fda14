/** Rows as RFC 4180 has them; what a spreadsheet would run has an apostrophe before it. */
export function csv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return [head.join(','), ...rows.map((row) => row.map(cell).join(','))].join('\r\n');
}
