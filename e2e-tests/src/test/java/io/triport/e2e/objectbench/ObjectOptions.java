package io.triport.e2e.objectbench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param works what is measured
 * @param data where the servers keep their data, empty for a temporary directory
 * @param peer another server to measure beside, in the place of S3Proxy
 * @param s3proxy the class path of S3Proxy, empty where it could not be had
 * @param memory measure memory alone
 */
record ObjectOptions(
        ObjectEffort effort,
        Set<Work> works,
        Optional<Path> data,
        Optional<Endpoint> peer,
        Optional<String> s3proxy,
        Optional<MemoryBench.Sizes> memory) {
    static final String USAGE = """
        usage: bench object [--full] [--only WORK,..] [--data DIR] [--memory]
               [--peer URL --key-id ID --secret-file FILE [--peer-pid PID]]
          --full         longer rounds, and more of them
          --only WORK,.. of get-1k, put-1k, get-1m, put-1m, get-64m, put-64m, list, pass-1m, pass-64m
          --data DIR     a directory on the disk to measure (default: a temporary one)
          --memory       instead: 200 clients that stop within a GET, and 5 GiB in both directions, in small heaps
          --peer URL     measure another S3 server than S3Proxy; it must have the buckets "bench" and "bulk"
          --peer-pid PID its process, for its CPU and memory
        """;

    private static final int HTTP = 80;

    ObjectOptions {
        works = Set.copyOf(works);
    }

    /** @throws IllegalArgumentException for words that make no sense */
    static ObjectOptions parse(List<String> words) throws IOException {
        var reading = new Reading();
        for (var rest = words.iterator(); rest.hasNext(); ) {
            reading.take(rest.next(), rest);
        }
        return reading.options();
    }

    private static final class Reading {
        private final Set<Work> works = EnumSet.noneOf(Work.class);
        private ObjectEffort effort = ObjectEffort.SHORT;
        private @Nullable Path data;
        private @Nullable URI peer;
        private @Nullable String keyId;
        private @Nullable Path secretFile;
        private @Nullable Long processId;
        private @Nullable String s3proxy;
        private MemoryBench.@Nullable Sizes memory;

        void take(String flag, Iterator<String> rest) throws IOException {
            switch (flag) {
                case "--full" -> effort = ObjectEffort.FULL;
                case "--memory" -> memory = MemoryBench.Sizes.FULL;
                case "--only" -> {
                    for (var word : value(flag, rest).split(",", -1)) {
                        works.add(Work.parse(word));
                    }
                }
                case "--data" -> data = Path.of(value(flag, rest));
                case "--peer" -> peer = URI.create(value(flag, rest));
                case "--key-id" -> keyId = value(flag, rest);
                case "--secret-file" -> secretFile = Path.of(value(flag, rest));
                case "--peer-pid" -> processId = Long.valueOf(value(flag, rest));
                // The launcher's own word.
                case "--s3proxy" ->
                    s3proxy = Files.readString(Path.of(value(flag, rest))).strip();
                default -> throw new IllegalArgumentException(flag + ": unknown");
            }
        }

        ObjectOptions options() throws IOException {
            return new ObjectOptions(
                    effort,
                    works.isEmpty() ? EnumSet.allOf(Work.class) : works,
                    Optional.ofNullable(data),
                    endpoint(),
                    Optional.ofNullable(s3proxy),
                    Optional.ofNullable(memory));
        }

        private Optional<Endpoint> endpoint() throws IOException {
            if (peer == null && keyId == null && secretFile == null && processId == null) {
                return Optional.empty();
            }
            if (peer == null || keyId == null || secretFile == null) {
                throw new IllegalArgumentException("--peer, --key-id and --secret-file belong together");
            }
            if (!"http".equals(peer.getScheme()) || peer.getHost() == null) {
                throw new IllegalArgumentException("--peer " + peer + " (expected: http://host:port)");
            }
            var address = new InetSocketAddress(peer.getHost(), peer.getPort() < 0 ? HTTP : peer.getPort());
            var key = new Endpoint.Key(keyId, Files.readString(secretFile).strip());
            return Optional.of(new Endpoint(
                    "peer", address, key, Optional.ofNullable(processId).map(this::process)));
        }

        private ProcessHandle process(long id) {
            return ProcessHandle.of(id)
                    .orElseThrow(() -> new IllegalArgumentException("--peer-pid " + id + ": no such process"));
        }

        private static String value(String flag, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(flag + ": nothing behind it");
            }
            return rest.next();
        }
    }
}
