/** Vectors of texts without a model, for tests and first steps. Start reading at {@link io.triport.storage.aihash.AiHash}. */
@NullMarked
package io.triport.storage.aihash;

import org.jspecify.annotations.NullMarked;
