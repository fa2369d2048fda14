/**
 * What answers are made of: JSON, its envelope, the times in it, and the one list of all that may be refused. Start reading at
 * {@link io.triport.manager.answer.Problem}.
 */
@NullMarked
package io.triport.manager.answer;

import org.jspecify.annotations.NullMarked;
