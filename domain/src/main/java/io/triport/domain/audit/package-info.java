/**
 * What is kept of every request, whatever became of it. A {@link io.triport.domain.audit.AuditRecord} goes into an {@link
 * io.triport.domain.audit.AuditSink}, which only ever appends; that needs no grant, because refusals are recorded too. Reading
 * needs one and is not here.
 */
@NullMarked
package io.triport.domain.audit;

import org.jspecify.annotations.NullMarked;
