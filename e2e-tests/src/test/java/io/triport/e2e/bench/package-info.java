/**
 * What the KV proxy costs: its program under load from an own small client, beside another server that speaks the protocol where
 * there is one. Start reading at {@link io.triport.e2e.bench.KvBench}.
 */
@NullMarked
package io.triport.e2e.bench;

import org.jspecify.annotations.NullMarked;
