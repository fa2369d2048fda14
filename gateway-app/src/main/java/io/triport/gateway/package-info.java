/** Reserved by the module list; no code yet. */
@NullMarked
package io.triport.gateway;

import org.jspecify.annotations.NullMarked;
