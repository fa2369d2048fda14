/**
 * What identity says to callers itself, beside verdicts: pages of its own, the way to a login, and cookies that are renewed. An
 * app asks for these by their types and knows no mechanism. Start reading at {@link io.triport.identity.page.OwnPages}.
 */
@NullMarked
package io.triport.identity.page;

import org.jspecify.annotations.NullMarked;
