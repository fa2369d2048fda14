const named = document.querySelector<HTMLMetaElement>('meta[name="routes"]')?.content ?? '';
const routes = new Set(named.split(',').filter(Boolean).map(plain));

/** What a variable is called does not matter. */
function plain(route: string): string {
  return route.replace(/\{[^}]*\}/g, '{}');
}

/** Whether this manager has a route, such as `GET /api/search`; nothing is shown for one that it has not. */
export function has(route: string): boolean {
  return routes.size === 0 || routes.has(plain(route));
}
