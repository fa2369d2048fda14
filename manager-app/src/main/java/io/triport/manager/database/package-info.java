/**
 * Databases by Cloudflare's API for D1, for clients that nobody changed. Start reading at {@code DatabaseApi}, which makes and drops
 * them, and {@code StatementApi}, which asks them.
 */
@NullMarked
package io.triport.manager.database;

import org.jspecify.annotations.NullMarked;
