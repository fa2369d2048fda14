/**
 * The key-value port and its values. Start reading at {@link io.triport.domain.keyvalue.KeyValueStore}. Apps get one from {@code
 * Storage}, confined to a grant; adapters implement it and know nothing of identity.
 */
@NullMarked
package io.triport.domain.keyvalue;

import org.jspecify.annotations.NullMarked;
