package io.triport.domain.storage;

import java.util.List;
import java.util.regex.Pattern;

/**
 * That an app takes SQL databases in the dialect of PostgreSQL where its engine is such a server; one that takes those of SQLite only
 * has none there.
 *
 * @param replicas copies of that server, each {@code host[:port]}, which sessions may read from; empty for none
 */
public record SqlServer(List<String> replicas) {
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    /** @throws IllegalArgumentException for what is no host */
    public SqlServer {
        replicas = List.copyOf(replicas);
        for (var replica : replicas) {
            if (!HOST.matcher(replica).matches()) {
                throw new IllegalArgumentException("replica: " + replica + " (expected: host or host:port)");
            }
        }
    }

    /** Without a copy. */
    public SqlServer() {
        this(List.of());
    }
}
