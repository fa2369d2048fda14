/**
 * What the object proxy costs: its program under load, beside another S3 server, and beside nginx where bytes only pass. Start
 * reading at {@link io.triport.e2e.objectbench.ObjectBench}.
 */
@NullMarked
package io.triport.e2e.objectbench;

import org.jspecify.annotations.NullMarked;
