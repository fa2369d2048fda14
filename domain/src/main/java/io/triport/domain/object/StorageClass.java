package io.triport.domain.object;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** The class of storage as the writer named it; kept and given back, without an effect on embedded stores. */
public record StorageClass(String text) {
    // Above the constants, which it judges too.
    private static final Pattern FORM = Pattern.compile("[A-Z_]{1,64}");

    public static final StorageClass STANDARD = new StorageClass("STANDARD");

    /** @throws InvalidInput for a text that is none */
    public StorageClass {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("storage class", "1..64 of A-Z and _");
        }
    }
}
