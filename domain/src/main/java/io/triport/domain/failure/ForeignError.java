package io.triport.domain.failure;

import java.util.regex.Pattern;

/**
 * What a store behind this one calls a failure, for callers who speak its protocol: they may be told both.
 *
 * @param status 400 to 599, as HTTP has it
 * @param code 1 to 64 letters, digits and dots
 */
public record ForeignError(int status, String code) {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");
    private static final int LEAST = 400;
    private static final int MOST = 599;
    private static final String EXPECTATION = "expected: status 400..599, code of 1..64 letters, digits and dots";

    /** @throws IllegalArgumentException for what cannot be told on */
    public ForeignError {
        if (!possible(status, code)) {
            throw new IllegalArgumentException("error of the other side (" + EXPECTATION + ")");
        }
    }

    /** Whether there can be such an error. */
    public static boolean possible(int status, String code) {
        return status >= LEAST && status <= MOST && CODE.matcher(code).matches();
    }
}
