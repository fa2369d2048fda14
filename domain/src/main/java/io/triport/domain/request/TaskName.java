package io.triport.domain.request;

/** The name of a task of the system: 1 to 64 lower-case letters, digits and hyphens. */
public record TaskName(String text) {
    public TaskName {
        if (!text.matches("[a-z][a-z0-9-]{0,63}")) {
            throw new InvalidInput("task", "1..64 characters of a-z 0-9 -");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
