/**
 * Shared limits, shared caches of responses and namespaces that were declared volatile, on Redis or Valkey. Nothing else is kept
 * there: what it acknowledges may vanish. Start reading at {@link io.triport.storage.redis.OpenRedis}.
 */
@NullMarked
package io.triport.storage.redis;

import org.jspecify.annotations.NullMarked;
