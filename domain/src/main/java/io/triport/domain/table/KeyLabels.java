package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;
import java.util.HashSet;
import java.util.List;

/**
 * What people have written on a key. It goes with the key, and comes back with a kept version of it.
 *
 * @param tags at most 100, each once, in the order of their writer
 * @param custom a JSON object, or nothing
 * @param color a name of the app's palette, or empty
 */
public record KeyLabels(List<KeyTag> tags, JsonText custom, String color) {
    public static final KeyLabels NONE = new KeyLabels(List.of(), JsonText.NONE, "");

    private static final int MOST_TAGS = 100;
    private static final int MOST_COLOR = 32;

    /** @throws InvalidInput for too many tags, or one that occurs twice */
    public KeyLabels {
        tags = List.copyOf(tags);
        if (tags.size() > MOST_TAGS || new HashSet<>(tags).size() != tags.size()) {
            throw new InvalidInput("tags", "at most 100, each once");
        }
        if (color.length() > MOST_COLOR) {
            throw new InvalidInput("color", "at most 32 characters");
        }
    }

    public KeyLabels tagged(List<KeyTag> others) {
        return new KeyLabels(others, custom, color);
    }

    public KeyLabels describedBy(JsonText other) {
        return new KeyLabels(tags, other, color);
    }

    public KeyLabels colored(String other) {
        return new KeyLabels(tags, custom, other);
    }
}
