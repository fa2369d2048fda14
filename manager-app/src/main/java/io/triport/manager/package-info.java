/** Reserved by the module list; no code yet. */
@NullMarked
package io.triport.manager;

import org.jspecify.annotations.NullMarked;
