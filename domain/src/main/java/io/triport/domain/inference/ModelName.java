package io.triport.domain.inference;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** What people call a model, such as {@code @cf/baai/bge-base-en-v1.5}. */
public record ModelName(String text) implements Comparable<ModelName> {
    private static final Pattern FORM = Pattern.compile("@?[a-zA-Z0-9][a-zA-Z0-9._:/-]{0,126}");

    /** @throws InvalidInput for a name that no model can have */
    public ModelName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput(
                    "model",
                    "1..128 of a-z, A-Z, 0-9, '.', '_', ':', '/' and '-', a letter or digit first, or behind '@'");
        }
    }

    @Override
    public int compareTo(ModelName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
