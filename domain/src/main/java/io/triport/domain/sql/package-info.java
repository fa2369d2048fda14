/**
 * The port of SQL databases: tables of one's own, transactions over rows, and a bookmark for each change. Start reading at {@link
 * io.triport.domain.sql.SqlDatabase}, what callers see, and {@link io.triport.domain.sql.SqlDatabases}, what an adapter gives; what
 * each promises is the storage contract's section 3. SQL is never translated, and databases know nothing of identity: {@link
 * io.triport.domain.storage.Storage} puts them behind grants.
 */
@NullMarked
package io.triport.domain.sql;

import org.jspecify.annotations.NullMarked;
