/**
 * What durable objects keep, for people and for clients of Cloudflare's API: looked at, and never woken or changed. Start reading at
 * {@link io.triport.manager.durable.Inventory}.
 */
@NullMarked
package io.triport.manager.durable;

import org.jspecify.annotations.NullMarked;
