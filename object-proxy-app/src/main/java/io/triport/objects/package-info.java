/** Reserved by the module list; no code yet. */
@NullMarked
package io.triport.objects;

import org.jspecify.annotations.NullMarked;
