/** What caches of responses have in common. */
@NullMarked
package io.triport.storage.response;

import org.jspecify.annotations.NullMarked;
