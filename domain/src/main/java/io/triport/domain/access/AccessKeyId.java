package io.triport.domain.access;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** Names an access key in a signed request: 1 to 128 printable ASCII characters without slash, comma and semicolon. */
public record AccessKeyId(String text) {
    private static final Pattern FORM = Pattern.compile("[!-~&&[^/,;]]{1,128}");

    /** @throws InvalidInput for a text that no signature could name */
    public AccessKeyId {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("access key id", "1..128 printable ASCII characters without / , ;");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
