package io.triport.domain.storage;

import io.triport.domain.identity.Secret;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * Which engine an app runs on, and how.
 *
 * @param directory where embedded engines and the logs of single-use marks lie
 * @param consistency of reads
 * @param nonceWindow how far a request may be dated from the clock
 * @param nonceMemory how long a spent mark must be remembered at most
 * @param sharedLimits where limits of all nodes are counted
 * @param deadline how long stores may keep a request waiting while none of its bytes move; more than 0
 */
public record StorageSettings(
        Engine engine,
        String directory,
        Consistency consistency,
        VolatileData volatileData,
        Duration nonceWindow,
        Duration nonceMemory,
        SharedLimits sharedLimits,
        Duration deadline) {
    /** Where limits of all nodes are counted. */
    public sealed interface SharedLimits {}

    /** Where the data is, if that is shared; else there is one node and nothing to share. */
    public record WithData() implements SharedLimits {}

    /**
     * A server of Redis or Valkey.
     *
     * @param address such as {@code redis://127.0.0.1:6379}, without credentials; {@code rediss://} in TLS
     * @param password empty for none
     * @param authorities one of which has to have signed the server's certificate; none for those that Java knows
     */
    public record Redis(String address, Secret password, List<X509Certificate> authorities) implements SharedLimits {
        public Redis {
            authorities = List.copyOf(authorities);
        }

        /** Believed as Java would. */
        public Redis(String address, Secret password) {
            this(address, password, List.of());
        }
    }

    /** What keeps the data. */
    public sealed interface Engine {}

    /** One SQLite file in the directory. */
    public record Embedded(Tenancy tenancy) implements Engine {
        /** In a directory that this process has to itself. */
        public Embedded() {
            this(new Alone());
        }
    }

    /** Who has the directory of an embedded engine. */
    public sealed interface Tenancy {}

    /** This process, and no other. */
    public record Alone() implements Tenancy {}

    /**
     * Several processes, each under a name of its own. Engines that keep what they know in memory cannot be had so.
     *
     * @param tenant the name of this one
     * @param marks the folder for its single-use marks
     */
    public record Together(String tenant, String marks) implements Tenancy {}

    /** The process's memory: nothing survives it. */
    public record Memory() implements Engine {}

    /** @param url a JDBC URL without credentials */
    public record PostgreSql(String url, String user, Secret password, Bounds bounds) implements Engine {
        /** Within the usual bounds. */
        public PostgreSql(String url, String user, Secret password) {
            this(url, user, password, Bounds.USUAL);
        }
    }

    /**
     * How much of a database a node takes, and how long it waits for it.
     *
     * @param connections of the node, 1..1000
     * @param start for the first answer of a database that may be starting as well
     * @param connection for a connection that others use, at least 250 ms
     * @param statement for one statement of ours, at least 100 ms
     */
    public record Bounds(int connections, Duration start, Duration connection, Duration statement) {
        /** Sixteen connections; 30 s, 1 s and 5 s (reliability contract, promise G3 and section 2). */
        public static final Bounds USUAL =
                new Bounds(16, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(5));

        public Bounds {
            if (connections < 1 || connections > 1000) {
                throw new IllegalArgumentException("connections: " + connections + " (expected: 1..1000)");
            }
            if (start.isNegative()
                    || connection.compareTo(Duration.ofMillis(250)) < 0
                    || statement.compareTo(Duration.ofMillis(100)) < 0) {
                throw new IllegalArgumentException("waits: " + start + ", " + connection + ", " + statement
                        + " (expected: 0 s, 250 ms and 100 ms at least)");
            }
        }
    }

    /** How stale a read may be. */
    public enum Consistency {
        /** Every read sees every answered write. */
        STRICT,
        /** A read may be as old as its caller allows, 60 s by default; a caller sees its own writes on the same node. */
        EDGE
    }

    /** Whether an engine that may lose answered writes is wanted. */
    public enum VolatileData {
        REFUSED,
        ALLOWED
    }
}
