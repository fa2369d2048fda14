/**
 * Audit records in files and on their way to a collector. {@link io.triport.storage.audit.AuditFiles} opens all of it; the table
 * of an engine is with the engine.
 */
@NullMarked
package io.triport.storage.audit;

import org.jspecify.annotations.NullMarked;
