/**
 * Spent single-use marks in an append-only log, for an app that keeps its data on its own disk. Every claim is one write to
 * the operating system before its answer, so the marks survive the death of the process; there is no fsync on the path of a
 * request, so after a crash of the machine the ledger says which claims it can no longer judge. Start reading at {@link
 * io.triport.storage.noncelog.NonceLog}.
 */
@NullMarked
package io.triport.storage.noncelog;

import org.jspecify.annotations.NullMarked;
