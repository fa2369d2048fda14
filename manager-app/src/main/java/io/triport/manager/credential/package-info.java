/** API keys: made, shown once, listed and ended. Start reading at {@link io.triport.manager.credential.KeyIssue}. */
@NullMarked
package io.triport.manager.credential;

import org.jspecify.annotations.NullMarked;
