package io.triport.domain.cache;

import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** A name that a response is purged by: 1 to 1,024 printable characters without blanks, in any case. */
public record CacheTag(String text) {
    private static final String FIELD = "cache-tag";
    private static final int MOST = 1_024;

    /** @throws InvalidInput for a text that no tag can have */
    public CacheTag {
        text = text.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > MOST || !text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',')) {
            throw new InvalidInput("tag", "1..1024 printable characters of ASCII without blanks and commas");
        }
    }

    /** Those that a response names in its fields {@code Cache-Tag}; what is no tag is left out. */
    static Set<CacheTag> of(Headers headers) {
        var tags = new LinkedHashSet<CacheTag>();
        for (var value : headers.all(FIELD)) {
            Arrays.stream(value.split(",", -1)).map(String::strip).forEach(text -> {
                try {
                    tags.add(new CacheTag(text));
                } catch (InvalidInput e) {
                    // A response is not refused for a tag that nobody could purge it by.
                    assert e.field().equals("tag") : e;
                }
            });
        }
        return Set.copyOf(tags);
    }
}
