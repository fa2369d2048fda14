package io.triport.manager.key;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * How long what a key was is kept, and how many versions of it.
 *
 * @param age zero for as long as the key's namespace is there
 * @param versions 0 for any number
 */
public record Retention(Duration age, int versions) {
    /** Where nothing is said: enough to take back what was done by mistake. */
    static final Retention USUAL = new Retention(Duration.ofHours(24), 0);

    static Retention of(JsonNode versioning) {
        return versioning.path("enabled").asBoolean()
                ? new Retention(
                        Duration.ofSeconds(versioning.path("max_age").asLong()),
                        versioning.path("max_versions").asInt())
                : USUAL;
    }

    Instant until(Instant now) {
        return age.isZero() ? Instant.MAX : now.plus(age);
    }

    OptionalInt most() {
        return versions == 0 ? OptionalInt.empty() : OptionalInt.of(versions);
    }
}
