package io.triport.objects.config;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.keyring.Keyring;
import java.util.Optional;

/**
 * How buckets, credentials and roles are kept in the database of the app, beside those of the configuration file.
 *
 * @param keys seal what is stored; the first for new entries
 * @param newBuckets where buckets lie that requests make
 */
public record StoredSettings(Keyring keys, NewBuckets newBuckets) {
    private static final Value<String> TYPE = Value.matching("file|sql", "file or sql");
    private static final Value<String> BACKEND = Value.matching("fs|memory", "fs or memory");
    private static final Value<String> ROOT =
            Value.matching("[^\\p{Cntrl}]{1,512}", "a directory; relative to the data directory of the app");

    /** Where buckets lie that requests make. */
    public sealed interface NewBuckets {
        record InMemory() implements NewBuckets {}

        /** @param root below which each has a directory of its own */
        record OnDisk(String root) implements NewBuckets {}
    }

    /** Empty where the configuration file is all there is. @param objects the section of the object proxy */
    public static Optional<StoredSettings> read(Section objects) {
        var section = objects.section("provider");
        var type = section.value(
                "type", TYPE, "file", "Where buckets, credentials and roles are: file, or sql beside it.");
        if (type.equals("file")) {
            return Optional.empty();
        }
        var keys = Keyring.read(section, "keys", "Seal what is stored; the first is for new entries.");
        var fresh = section.section("new-buckets");
        var backend = fresh.value("backend", BACKEND, "fs", "What buckets lie on that requests make: fs or memory.");
        return Optional.of(new StoredSettings(
                keys,
                backend.equals("memory")
                        ? new NewBuckets.InMemory()
                        : new NewBuckets.OnDisk(fresh.value(
                                "root", ROOT, "buckets", "The directory below which each has one of its own."))));
    }
}
