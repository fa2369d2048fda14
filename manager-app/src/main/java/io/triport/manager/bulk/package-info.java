/**
 * What jobs do with keys: change many, write them to files, and read them from files. Start reading at {@link
 * io.triport.manager.bulk.BulkWorks}. A package beside that of jobs, because these change with the keys and not with the ledger.
 */
@NullMarked
package io.triport.manager.bulk;

import org.jspecify.annotations.NullMarked;
