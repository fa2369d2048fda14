package io.triport.domain.object;

import io.triport.domain.request.InvalidInput;
import java.util.Map;

/** Tags of an object: at most 10, names of 1 to 128 characters, values of at most 256. */
public record Tags(Map<String, String> entries) {
    public static final Tags NONE = new Tags(Map.of());

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_VALUE = 256;

    /** @throws InvalidInput for more, or longer ones */
    public Tags {
        entries = Map.copyOf(entries);
        if (entries.size() > ObjectLimits.TAGS) {
            throw new InvalidInput("tags", "at most 10");
        }
        for (var entry : entries.entrySet()) {
            var name = entry.getKey().codePointCount(0, entry.getKey().length());
            var value = entry.getValue().codePointCount(0, entry.getValue().length());
            if (name < 1 || name > LONGEST_NAME || value > LONGEST_VALUE) {
                throw new InvalidInput("tags", "names of 1..128 characters, values of at most 256");
            }
        }
    }
}
