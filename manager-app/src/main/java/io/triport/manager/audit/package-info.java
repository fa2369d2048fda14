/**
 * Who did what, as pages and as a table for spreadsheets. Start reading at {@link io.triport.manager.audit.AuditRoutes}.
 */
@NullMarked
package io.triport.manager.audit;

import org.jspecify.annotations.NullMarked;
