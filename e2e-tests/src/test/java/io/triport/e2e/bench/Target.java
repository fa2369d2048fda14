package io.triport.e2e.bench;

import io.triport.identity.hmac.HmacSecret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server under load.
 *
 * @param basePath what its URL has before the paths of the protocol; not signed, as the original client does not sign it
 * @param process whose CPU and memory are asked for, where it is known
 */
record Target(
        String name,
        InetSocketAddress address,
        String basePath,
        String keyId,
        HmacSecret secret,
        Optional<ProcessHandle> process) {
    private static final int HTTP = 80;

    static Target at(URI url, String name, String keyId, Path secretFile, Optional<ProcessHandle> process)
            throws IOException {
        var address = new InetSocketAddress(url.getHost(), url.getPort() < 0 ? HTTP : url.getPort());
        var path = url.getRawPath().endsWith("/")
                ? url.getRawPath().substring(0, url.getRawPath().length() - 1)
                : url.getRawPath();
        return new Target(name, address, path, keyId, HmacSecret.of(Files.readString(secretFile)), process);
    }

    static Target peer(BenchOptions.PeerAddress peer) throws IOException {
        var process = peer.processId()
                .map(id -> ProcessHandle.of(id)
                        .orElseThrow(() -> new IllegalArgumentException("--peer-pid " + id + ": no such process")));
        return at(peer.url(), "peer", peer.keyId(), peer.secretFile(), process);
    }

    Optional<Duration> cpu() {
        return process.flatMap(handle -> new Usage(handle).cpu());
    }

    Optional<Long> residentMiB() {
        return process.flatMap(handle -> new Usage(handle).residentMiB());
    }
}
