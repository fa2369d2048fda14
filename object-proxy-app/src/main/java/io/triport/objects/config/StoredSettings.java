package io.triport.objects.config;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.keyring.Keyring;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How buckets, credentials and roles are kept in the database of the app, beside those of the configuration file.
 *
 * @param keys seal what is stored; the first for new entries
 * @param newBuckets where buckets lie that requests make
 * @param administrators the keys of the configuration file by which the REST API is used; none where there is no such API
 */
public record StoredSettings(Keyring keys, NewBuckets newBuckets, Set<AccessKeyId> administrators) {
    private static final Value<String> TYPE = Value.matching("file|sql", "file or sql");
    private static final Value<String> BACKEND = Value.matching("fs|memory", "fs or memory");
    private static final Value<String> ROOT =
            Value.matching("[^\\p{Cntrl}]{1,512}", "a directory; relative to the data directory of the app");

    public StoredSettings {
        administrators = Set.copyOf(administrators);
    }

    /** Where buckets lie that requests make. */
    public sealed interface NewBuckets {
        record InMemory() implements NewBuckets {}

        /** @param root below which each has a directory of its own */
        record OnDisk(String root) implements NewBuckets {}
    }

    /**
     * Empty where the configuration file is all there is.
     *
     * @param objects the section of the object proxy
     * @param file what the configuration file has
     */
    public static Optional<StoredSettings> read(Section objects, Provided file) {
        var administrators = administrators(objects.section("admin"), file);
        var section = objects.section("provider");
        var type = section.value(
                "type", TYPE, "file", "Where buckets, credentials and roles are: file, or sql beside it.");
        if (type.equals("file")) {
            if (!administrators.isEmpty()) {
                throw objects.section("admin").error("keys", administrators.toString(), "provider.type sql beside it");
            }
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
                                "root", ROOT, "buckets", "The directory below which each has one of its own.")),
                administrators));
    }

    private static Set<AccessKeyId> administrators(Section section, Provided file) {
        var ids = section.list("keys", CredentialReader.KEY_ID, "Keys of this file by which the REST API is used.");
        for (var id : ids) {
            if (file.key(id).filter(AccessKey::admin).isEmpty()) {
                throw section.error("keys", id.text(), "access keys of this configuration with admin: true");
            }
        }
        return new HashSet<>(ids);
    }
}
