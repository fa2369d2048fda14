/**
 * Bodies that are judged as they flow: whole by their hash or their length, or in signed pieces. Start reading at
 * {@link io.triport.identity.sigv4.body.VouchedContent}.
 */
@NullMarked
package io.triport.identity.sigv4.body;

import org.jspecify.annotations.NullMarked;
