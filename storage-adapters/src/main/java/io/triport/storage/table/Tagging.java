package io.triport.storage.table;

import io.triport.domain.table.KeyTag;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Tags as a column: joined by commas, which no tag has, with one at either end, so that each is found whole. */
final class Tagging {
    private static final String SEPARATOR = ",";

    private Tagging() {}

    static String text(List<KeyTag> tags) {
        return tags.isEmpty()
                ? ""
                : tags.stream().map(KeyTag::text).collect(Collectors.joining(SEPARATOR, SEPARATOR, SEPARATOR));
    }

    static List<KeyTag> tags(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.substring(1, text.length() - 1).split(SEPARATOR, -1))
                        .map(KeyTag::new)
                        .toList();
    }

    /** What stands in the column for one tag. */
    static String one(KeyTag tag) {
        return SEPARATOR + tag.text() + SEPARATOR;
    }
}
