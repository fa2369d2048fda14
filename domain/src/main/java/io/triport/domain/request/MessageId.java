package io.triport.domain.request;

import io.triport.domain.time.Randomness;
import java.util.regex.Pattern;

/** Names one message of a queue: 32 hexadecimal digits in lower case. */
public record MessageId(String text) {
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /** @throws InvalidInput for any other text */
    public MessageId {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("message id", "32 hexadecimal digits in lower case");
        }
    }

    public static MessageId fresh(Randomness randomness) {
        return new MessageId(Bytes.copyOf(randomness.bytes(BYTES)).toHex());
    }

    @Override
    public String toString() {
        return text;
    }
}
