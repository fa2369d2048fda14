/**
 * The namespaces of an account at Cloudflare, or at whoever speaks the same REST API, as an engine. What is known of them lies in
 * a local engine, in whose units it changes together with audit, history and jobs; the values are the account's. Start reading at
 * {@code CloudflareEngine}, and at {@code Mirror} for how the two sides are kept alike.
 */
@NullMarked
package io.triport.storage.cloudflare;

import org.jspecify.annotations.NullMarked;
