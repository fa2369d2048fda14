package io.triport.domain.request;

import java.util.regex.Pattern;

/** What people call a queue. */
public record QueueName(String text) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");

    /** @throws InvalidInput for a name that no queue can have */
    public QueueName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("queue", "1..64 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
