/**
 * The typed tables: what is known of keys, of writes and of jobs, with the few questions that apps ask about them. Their rows lie
 * with the keys, so that a change and the row about it commit as one in {@code Storage.together}. Start reading at {@link
 * io.triport.domain.table.KeyCatalogue}. Adapters implement the ports and know nothing of identity.
 */
@NullMarked
package io.triport.domain.table;

import org.jspecify.annotations.NullMarked;
