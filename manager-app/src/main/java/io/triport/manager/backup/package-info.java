/**
 * Backups of namespaces on the object store: where they lie, what was written of them beside, and how long they are kept. Start
 * reading at {@code BackupStore}; jobs that write and read them are in {@code bulk}.
 */
@NullMarked
package io.triport.manager.backup;

import org.jspecify.annotations.NullMarked;
