/**
 * Keys by more than their names, and as a tree. Start reading at {@link io.triport.manager.search.SearchRoutes}.
 */
@NullMarked
package io.triport.manager.search;

import org.jspecify.annotations.NullMarked;
