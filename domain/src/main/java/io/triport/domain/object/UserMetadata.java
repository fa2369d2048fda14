package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.util.Map;

/** Names and values that a writer gives an object, at most 8192 bytes in sum; names without the prefix of the wire, in lower case. */
public record UserMetadata(Map<String, String> entries) {
    public static final UserMetadata NONE = new UserMetadata(Map.of());

    /** @throws InvalidInput when the sum is larger */
    public UserMetadata {
        entries = Map.copyOf(entries);
        if (bytes(entries) > ObjectLimits.METADATA_BYTES) {
            throw new InvalidInput("metadata", "at most 8192 bytes in sum");
        }
    }

    /** The sum of names and values in bytes of UTF-8. */
    public int bytes() {
        return bytes(entries);
    }

    private static int bytes(Map<String, String> entries) {
        var sum = 0;
        for (var entry : entries.entrySet()) {
            sum += Bytes.utf8(entry.getKey()).size()
                    + Bytes.utf8(entry.getValue()).size();
        }
        return sum;
    }
}
