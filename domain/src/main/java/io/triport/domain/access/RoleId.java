package io.triport.domain.access;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** Names a role that can be assumed: 1 to 64 letters, digits and {@code _+=,.@-} (names of roles in AWS IAM). */
public record RoleId(String text) {
    private static final Pattern FORM = Pattern.compile("[\\w+=,.@-]{1,64}");

    /** @throws InvalidInput for a text that no role can be named by */
    public RoleId {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("role", "1..64 of letters, digits and _+=,.@-");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
