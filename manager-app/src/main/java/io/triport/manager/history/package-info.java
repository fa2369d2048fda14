/**
 * What keys were before: the backup that one undoes with, and the versions behind it. Start reading at {@link
 * io.triport.manager.history.BackupRoutes}.
 */
@NullMarked
package io.triport.manager.history;

import org.jspecify.annotations.NullMarked;
