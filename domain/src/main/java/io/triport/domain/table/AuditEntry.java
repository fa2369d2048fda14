package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.RequestId;
import java.time.Instant;

/**
 * What somebody did. Holds no value of a key.
 *
 * @param operation 1 to 64 small letters, digits and underscores, such as {@code bulk_delete}
 * @param user 1 to 320 characters: an e-mail address, or the name of a service
 * @param details a JSON object, or nothing
 */
public record AuditEntry(
        AuditPlace place,
        String operation,
        String user,
        AuditEntry.Source source,
        RequestId request,
        Instant at,
        JsonText details) {
    private static final int LONGEST_USER = 320;

    /** By which way it came. */
    public enum Source {
        UI("ui"),
        API("api"),
        CLOUDFLARE_API("cloudflare-api"),
        SCHEDULE("schedule");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** @throws InvalidInput for another text */
        public static Source parse(String text) {
            for (var source : values()) {
                if (source.text.equals(text)) {
                    return source;
                }
            }
            throw new InvalidInput("source", "ui, api, cloudflare-api or schedule");
        }
    }

    /** @throws InvalidInput outside the bounds */
    public AuditEntry {
        if (!operation.matches("[a-z0-9_]{1,64}")) {
            throw new InvalidInput("operation", "1..64 small letters, digits and underscores");
        }
        if (user.isEmpty() || user.length() > LONGEST_USER) {
            throw new InvalidInput("user", "1..320 characters");
        }
    }
}
