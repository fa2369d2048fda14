/**
 * Time and chance as parameters. Wall time is {@link java.time.Clock}; what measures durations is {@link
 * io.triport.domain.time.Ticker}; what must not be guessed comes from {@link io.triport.domain.time.Randomness}. Nothing
 * else in the product asks the machine for any of the three, so every rule about time is tested without waiting.
 */
@NullMarked
package io.triport.domain.time;

import org.jspecify.annotations.NullMarked;
