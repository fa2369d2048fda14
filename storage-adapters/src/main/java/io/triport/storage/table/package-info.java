/**
 * The typed tables on engines that speak SQL, in one text for SQLite and PostgreSQL: repositories for rows that are written and read
 * whole, and statements that are put together where a question has many forms. Start reading at {@link
 * io.triport.storage.table.TableRepositories}.
 */
@NullMarked
package io.triport.storage.table;

import org.jspecify.annotations.NullMarked;
