/**
 * Keys and their values: every write of one goes through {@link io.triport.manager.key.KeyService}, whichever route or job it comes
 * by. Start reading there.
 */
@NullMarked
package io.triport.manager.key;

import org.jspecify.annotations.NullMarked;
