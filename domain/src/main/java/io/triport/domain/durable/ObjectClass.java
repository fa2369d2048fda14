package io.triport.domain.durable;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** What kind of objects: the code that they share, and what their ids are made under. */
public record ObjectClass(String text) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");

    /** @throws InvalidInput for a name that no class can have */
    public ObjectClass {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("class", "1..64 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
