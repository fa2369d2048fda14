/** What the operations of the proxy have in common on the wire: JSON, errors, calls that may come twice. */
@NullMarked
package io.triport.kv.wire;

import org.jspecify.annotations.NullMarked;
