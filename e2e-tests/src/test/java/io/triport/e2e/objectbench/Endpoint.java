package io.triport.e2e.objectbench;

import io.triport.e2e.bench.Usage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** A server under load. @param process whose CPU and memory are asked for, where it is known */
record Endpoint(String name, InetSocketAddress address, Key key, Optional<ProcessHandle> process) {
    /** What requests are signed with. */
    record Key(String id, String secret) {
        @Override
        public String toString() {
            return id;
        }
    }

    String authority() {
        return address.getHostString() + ":" + address.getPort();
    }

    Optional<Duration> cpu() {
        return process.flatMap(handle -> new Usage(handle).cpu());
    }

    Optional<Long> residentMiB() {
        return process.flatMap(handle -> new Usage(handle).residentMiB());
    }
}
