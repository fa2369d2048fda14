import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull().default("O'Hara"),
  picture: blob('picture'),
});

export const posts = sqliteTable(
  'posts',
  { id: integer('id').primaryKey(), title: text('title').unique(), author: integer('author').references(() => users.id) },
  (table) => [index('posts_by_author').on(table.author)],
);
