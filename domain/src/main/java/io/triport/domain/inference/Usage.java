package io.triport.domain.inference;

/** Tokens that a call used, as the model counts them. @param input and @param output 0 or more */
public record Usage(long input, long output) {
    public static final Usage NOTHING = new Usage(0, 0);

    public Usage {
        if (input < 0 || output < 0) {
            throw new IllegalArgumentException("usage: " + input + ", " + output + " (expected: 0 or more)");
        }
    }

    public long total() {
        return input + output;
    }
}
