/**
 * Databases of users on a PostgreSQL server, in its dialect, for any number of nodes. Start reading at {@link
 * io.triport.storage.sqlpostgresql.PostgreSqlDatabases}. Each is a database of the server with a role of its own, which the
 * statements of callers run as, so that PostgreSQL's own rights keep them in; {@code Call} holds what rights do not say.
 */
@NullMarked
package io.triport.storage.sqlpostgresql;

import org.jspecify.annotations.NullMarked;
