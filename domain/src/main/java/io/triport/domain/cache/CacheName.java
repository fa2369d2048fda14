package io.triport.domain.cache;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** What people call a cache. */
public record CacheName(String text) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");

    /** @throws InvalidInput for a name that no cache can have */
    public CacheName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("cache", "1..64 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
