package io.triport.identity.limit;

import io.triport.identity.config.Value;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What one request takes.
 *
 * @param units when no header says otherwise, 1 or more
 * @param header that says otherwise; empty when none may
 */
public record LimitCost(long units, String header) {
    static final Value<LimitCost> VALUE = new Value<>("a number of 1 or more, or header:Name", LimitCost::parse);

    private static final String HEADER = "header:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    /** @throws IllegalArgumentException for another text */
    static LimitCost parse(String text) {
        if (text.startsWith(HEADER)
                && NAME.matcher(text.substring(HEADER.length())).matches()) {
            return new LimitCost(1, text.substring(HEADER.length()));
        }
        return new LimitCost(number(text).orElseThrow(() -> new IllegalArgumentException(text)), "");
    }

    /** A header without a number of 1 or more is as none: a client cannot make its request free. @param headers by name */
    public long of(Function<String, Optional<String>> headers) {
        return header.isEmpty()
                ? units
                : headers.apply(header).flatMap(LimitCost::number).orElse(units);
    }

    /** As a configuration writes it. */
    public String text() {
        return header.isEmpty() ? Long.toString(units) : HEADER + header;
    }

    private static Optional<Long> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
