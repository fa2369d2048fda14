/** Tests of programs of one's own. Start reading at {@code ProblemShapeTest}. */
@NullMarked
package io.triport.identity.program;

import org.jspecify.annotations.NullMarked;
