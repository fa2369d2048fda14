package io.triport.domain.vector;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import java.util.regex.Pattern;

/** Names an index for ever: 32 lower-case hexadecimal digits. */
public record IndexId(String text) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final int BYTES = 16;

    /** @throws InvalidInput for any other text */
    public IndexId {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("index id", "32 lower-case hexadecimal digits");
        }
    }

    /** One that nobody has. */
    public static IndexId fresh(Randomness randomness) {
        return new IndexId(Bytes.copyOf(randomness.bytes(BYTES)).toHex());
    }

    @Override
    public String toString() {
        return text;
    }
}
