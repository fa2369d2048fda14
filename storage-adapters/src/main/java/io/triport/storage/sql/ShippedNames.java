package io.triport.storage.sql;

import io.triport.domain.object.ObjectKey;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.sql.DatabaseId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How objects of earlier states are named in a bucket. */
final class ShippedNames {
    static final Pattern LOG = Pattern.compile("log/([0-9]{8})-([0-9]{8})-([0-9a-f]{16})");
    static final Pattern COPY = Pattern.compile("copy/([0-9]{8})-([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{8})");

    /** Before the name of a database. */
    static final String DATABASES = "databases/";

    /** Before the second in which a database was dropped, and its id. */
    static final String DROPPED = "dropped/";

    private static final Pattern DROP = Pattern.compile(DROPPED + "([0-9a-f]{8})-([0-9a-f-]{36})");
    private static final int HEX = 16;

    private ShippedNames() {}

    /** That a database was dropped. @param second by {@link ChangeNumber#second(java.time.Instant)} */
    record Drop(int second, DatabaseId id) {
        /** Null for another name. */
        static @Nullable Drop of(ObjectKey key) {
            var name = DROP.matcher(key.text());
            try {
                return name.matches() ? new Drop((int) number(name.group(1)), new DatabaseId(name.group(2))) : null;
            } catch (InvalidInput e) {
                return null;
            }
        }

        ObjectKey key() {
            return ObjectKey.of(DROPPED + "%08x-%s".formatted(second, id));
        }
    }

    /** Before all of a database. */
    static String folder(DatabaseId id) {
        return DATABASES + id + "/";
    }

    /** What says which database it is. */
    static ObjectKey about(DatabaseId id) {
        return ObjectKey.of(folder(id) + "about");
    }

    /** @param from the place of the first byte in the file; nothing says how many follow, so that of two of one place one is made */
    static ObjectKey piece(DatabaseId id, ShippedFile file, long from) {
        return ObjectKey.of(folder(id) + file.name() + "/%016x".formatted(from));
    }

    static long number(String hex) {
        return Long.parseUnsignedLong(hex, HEX);
    }
}
