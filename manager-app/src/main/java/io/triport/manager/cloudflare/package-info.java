/**
 * The REST API of Cloudflare's key-value store, for clients that nobody changed. Start reading at {@code NamespaceApi}.
 */
@NullMarked
package io.triport.manager.cloudflare;

import org.jspecify.annotations.NullMarked;
