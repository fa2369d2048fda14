/**
 * Vector indexes of users, each a Lucene index in a folder of its own. Start reading at {@link
 * io.triport.storage.lucene.LuceneIndexes}, which opens a directory of them. Lucene's files do not bear an interrupted thread, so all
 * work is done on threads of its own; batches that wait while one is written share the next commit.
 */
@NullMarked
package io.triport.storage.lucene;

import org.jspecify.annotations.NullMarked;
