package io.triport.domain.sql;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** What people call a database, and what grants name (storage contract, section 1.1). Unique in its deployment. */
public record DatabaseName(String text) implements Comparable<DatabaseName> {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");

    /** @throws InvalidInput for a name that no database can have */
    public DatabaseName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("database", "1..64 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first");
        }
    }

    @Override
    public int compareTo(DatabaseName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
