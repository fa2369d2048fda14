/**
 * The KV proxy: key-value storage over HTTP for signed requests.
 */
@NullMarked
package io.triport.kv;

import org.jspecify.annotations.NullMarked;
