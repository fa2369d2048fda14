/**
 * Handlers of HTTP requests as values: a method, a path, who may come, and what answers. Start reading at {@link
 * io.triport.identity.handler.OnFetch}; a whole program of them is {@link io.triport.identity.program.Program}.
 */
@NullMarked
package io.triport.identity.handler;

import org.jspecify.annotations.NullMarked;
