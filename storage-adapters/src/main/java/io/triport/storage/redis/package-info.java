/**
 * Shared limits on Redis or Valkey. Nothing else is kept there: what it acknowledges may vanish.
 */
@NullMarked
package io.triport.storage.redis;

import org.jspecify.annotations.NullMarked;
