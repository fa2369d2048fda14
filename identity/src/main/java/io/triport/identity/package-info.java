/**
 * Who is asking: identity mechanisms, one package each, and the HTTP edge that puts them in front of every route.
 */
@NullMarked
package io.triport.identity;

import org.jspecify.annotations.NullMarked;
