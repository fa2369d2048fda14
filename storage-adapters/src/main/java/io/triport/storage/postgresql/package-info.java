/**
 * Storage, identity's state and shared limits on PostgreSQL 15 or newer, for any number of nodes on one database. Start reading
 * at {@link io.triport.storage.postgresql.PostgreSqlStorage}. Every call is one statement where it can be, so that a
 * namespace's title is resolved and its entries are read at one moment; a {@link
 * io.triport.storage.postgresql.Database} runs it and turns what went wrong into what may be concluded.
 */
@NullMarked
package io.triport.storage.postgresql;

import org.jspecify.annotations.NullMarked;
