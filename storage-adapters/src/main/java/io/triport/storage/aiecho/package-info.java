/** A model for tests that says what it was told. Start reading at {@link io.triport.storage.aiecho.AiEcho}. */
@NullMarked
package io.triport.storage.aiecho;

import org.jspecify.annotations.NullMarked;
