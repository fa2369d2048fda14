package io.triport.domain.inference;

/** Tokens that one caller may use. @param perMinute in any 60 seconds @param perDay in any 24 hours; each 1 or more */
public record TokenBudget(long perMinute, long perDay) {
    /** More than anybody uses. */
    public static final TokenBudget UNBOUNDED = new TokenBudget(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);

    public TokenBudget {
        if (perMinute < 1 || perDay < 1) {
            throw new IllegalArgumentException(
                    "budget: " + perMinute + " a minute, " + perDay + " a day (expected: 1 or more)");
        }
    }
}
