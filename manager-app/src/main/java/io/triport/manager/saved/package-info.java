/**
 * Searches that people keep, for themselves or for all. Start reading at {@link io.triport.manager.saved.SavedSearchRoutes}.
 */
@NullMarked
package io.triport.manager.saved;

import org.jspecify.annotations.NullMarked;
