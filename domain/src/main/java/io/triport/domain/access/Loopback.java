package io.triport.domain.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a machine reaches itself, as URLs write them. Only names that no resolver is asked for: a name of somebody
 * else's may lead to this machine too, and would bring his pages along (DNS rebinding).
 */
public final class Loopback {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "[::1]", "localhost");

    private Loopback() {}

    /** @param host of a URL, in lower case and without a port; null for none */
    public static boolean isHost(@Nullable String host) {
        return host != null && NAMES.contains(host);
    }
}
