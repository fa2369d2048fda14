/** Tests of the KV proxy, from a JSON text to signed requests over HTTP. Start reading at {@code GoldenVectorsTest}. */
@NullMarked
package io.triport.kv;

import org.jspecify.annotations.NullMarked;
