/** Policies from both sides of each condition. */
@NullMarked
package io.triport.identity.policy;

import org.jspecify.annotations.NullMarked;
