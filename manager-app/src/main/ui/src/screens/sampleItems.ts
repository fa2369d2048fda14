const DAY = 86_400;

interface Item {
  name: string;
  value: string;
  encoding?: 'base64';
  ttl?: number;
  metadata?: Record<string, string | number>;
  custom_metadata?: Record<string, string>;
  tags?: string[];
}

const CITIES = ['Lisbon', 'Oslo', 'Kyoto', 'Quito', 'Tallinn', 'Nairobi'];
const SPANS = [300, 3 * 3600, 20 * 3600, 5 * DAY, 25 * DAY, 90 * DAY];

/** A small shop: users, sessions, carts, flags, pages. The same each time. */
export function sampleItems(): Item[] {
  const items: Item[] = [];
  for (let index = 1; index <= 80; index++) {
    items.push({
      name: `user:${1000 + index}`,
      value: JSON.stringify({ id: 1000 + index, city: CITIES[index % 6], plan: index % 5 === 0 ? 'team' : 'free', orders: (index * 7) % 23 }),
      metadata: { schema: 2 },
      tags: index % 5 === 0 ? ['user', 'team'] : ['user'],
    });
    items.push({
      name: `session:${(index * 7919).toString(36)}`,
      value: JSON.stringify({ user: 1000 + index, seen: '2026-01-01T00:00:00Z' }),
      ttl: SPANS[index % 6] as number,
      tags: ['session'],
    });
  }
  for (let index = 1; index <= 60; index++) {
    items.push({
      name: `cart:${1000 + index}:items`,
      value: JSON.stringify(Array.from({ length: (index % 4) + 1 }, (_, at) => ({ sku: `P-${(index * 13 + at) % 97}`, count: at + 1 }))),
      ttl: SPANS[(index + 2) % 6] as number,
    });
  }
  for (const flag of ['checkout-v2', 'dark-mode', 'gift-cards', 'search-beta', 'free-shipping']) {
    items.push({ name: `flag:${flag}`, value: 'true', tags: ['flag'], custom_metadata: { owner: 'web' } });
  }
  for (const page of ['home', 'about', 'terms', 'shipping', 'contact']) {
    items.push({ name: `page:${page}`, value: `<!doctype html>\n<title>${page}</title>\n<h1>${page}</h1>\n`, metadata: { type: 'text/html' }, tags: ['page'] });
  }
  for (let index = 1; index <= 10; index++) {
    items.push({ name: `image:pixel-${index}`, value: PIXEL, encoding: 'base64', metadata: { type: 'image/png' }, tags: ['image'] });
  }
  return items;
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
