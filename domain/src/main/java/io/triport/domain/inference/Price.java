package io.triport.domain.inference;

import java.math.BigDecimal;

/**
 * What a model costs, for people who choose one; nobody is charged by it.
 *
 * @param input and @param output units for a million tokens, 0 or more
 * @param unit such as {@code USD}
 */
public record Price(BigDecimal input, BigDecimal output, String unit) {
    public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, "");

    public Price {
        if (input.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("price: " + input + ", " + output + " (expected: 0 or more)");
        }
    }
}
