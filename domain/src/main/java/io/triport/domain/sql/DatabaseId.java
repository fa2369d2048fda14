package io.triport.domain.sql;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import java.util.regex.Pattern;

/** Names a database for ever: 32 lower-case hexadecimal digits in the five groups of a UUID (RFC 9562, section 4). */
public record DatabaseId(String text) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int BYTES = 16;
    private static final int VERSION_AT = 6;
    private static final int VARIANT_AT = 8;

    /** @throws InvalidInput for any other text */
    public DatabaseId {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("database id", "a UUID of lower-case hexadecimal digits");
        }
    }

    /** One that nobody has, of version 4. */
    public static DatabaseId fresh(Randomness randomness) {
        var bytes = randomness.bytes(BYTES);
        bytes[VERSION_AT] = (byte) (bytes[VERSION_AT] & 0x0F | 0x40);
        bytes[VARIANT_AT] = (byte) (bytes[VARIANT_AT] & 0x3F | 0x80);
        var hex = Bytes.copyOf(bytes).toHex();
        return new DatabaseId(String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20)));
    }

    @Override
    public String toString() {
        return text;
    }
}
