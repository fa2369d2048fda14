/**
 * The examples of the pages, run as a reader would run them. Start reading at {@link io.triport.e2e.docs.PagesTest}; how blocks
 * are marked is told by {@link io.triport.e2e.docs.Page}.
 */
@NullMarked
package io.triport.e2e.docs;

import org.jspecify.annotations.NullMarked;
