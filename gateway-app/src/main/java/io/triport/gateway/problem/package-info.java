/**
 * The errors that the gateway answers with itself, and the documents that clients get of them. Start reading at {@link
 * io.triport.gateway.problem.Problem}.
 */
@NullMarked
package io.triport.gateway.problem;

import org.jspecify.annotations.NullMarked;
