/**
 * All data in one SQLite file, with large values in files beside it. Start reading at {@link io.triport.storage.sqlite.Sqlite},
 * which opens a directory. Reads run on a pool of connections in the caller's thread; every write runs on the thread of the one
 * {@code SqliteWriter}, which lets writes that wait together share a commit.
 */
@NullMarked
package io.triport.storage.sqlite;

import org.jspecify.annotations.NullMarked;
