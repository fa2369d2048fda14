package io.triport.e2e.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param data where the servers keep their data, empty for a temporary directory
 * @param peer another server to measure beside
 */
record BenchOptions(Effort effort, Optional<Path> data, Optional<PeerAddress> peer) {
    static final String USAGE = """
        usage: bench kv [--quick] [--data DIR] [--peer URL --key-id ID --secret-file FILE [--peer-pid PID]]
          --quick        shorter rounds
          --data DIR     a directory on the disk to measure (default: a temporary one)
          --peer URL     measure another server in the same rounds; it must let the key use namespace BENCH
          --peer-pid PID its process, for its CPU and memory
        """;

    /** @param processId empty where its CPU cannot be asked for */
    record PeerAddress(URI url, String keyId, Path secretFile, Optional<Long> processId) {}

    /** @throws IllegalArgumentException for words that make no sense */
    static BenchOptions parse(List<String> words) {
        var reading = new Reading();
        for (var rest = words.iterator(); rest.hasNext(); ) {
            reading.take(rest.next(), rest);
        }
        return reading.options();
    }

    private static final class Reading {
        private Effort effort = Effort.FULL;
        private @Nullable Path data;
        private @Nullable URI peer;
        private @Nullable String keyId;
        private @Nullable Path secretFile;
        private @Nullable Long processId;

        void take(String flag, Iterator<String> rest) {
            switch (flag) {
                case "--quick" -> effort = Effort.QUICK;
                case "--data" -> data = Path.of(value(flag, rest));
                case "--peer" -> peer = URI.create(value(flag, rest));
                case "--key-id" -> keyId = value(flag, rest);
                case "--secret-file" -> secretFile = Path.of(value(flag, rest));
                case "--peer-pid" -> processId = Long.valueOf(value(flag, rest));
                default -> throw new IllegalArgumentException(flag + ": unknown");
            }
        }

        BenchOptions options() {
            return new BenchOptions(effort, Optional.ofNullable(data), peerAddress());
        }

        private Optional<PeerAddress> peerAddress() {
            if (peer == null && keyId == null && secretFile == null && processId == null) {
                return Optional.empty();
            }
            if (peer == null || keyId == null || secretFile == null) {
                throw new IllegalArgumentException("--peer, --key-id and --secret-file belong together");
            }
            if (!"http".equals(peer.getScheme()) || peer.getHost() == null) {
                throw new IllegalArgumentException("--peer " + peer + " (expected: http://host:port)");
            }
            return Optional.of(new PeerAddress(peer, keyId, secretFile, Optional.ofNullable(processId)));
        }

        private static String value(String flag, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(flag + ": nothing behind it");
            }
            return rest.next();
        }
    }
}
