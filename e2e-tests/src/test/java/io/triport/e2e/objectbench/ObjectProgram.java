package io.triport.e2e.objectbench;

import io.triport.domain.time.Ticker;
import io.triport.e2e.bench.AppProgram;
import io.triport.objects.Application;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The object proxy with two buckets of files and one that lies on another server. */
final class ObjectProgram implements AutoCloseable {
    private final AppProgram program;
    private final Endpoint endpoint;

    private ObjectProgram(AppProgram program, Endpoint endpoint) {
        this.program = program;
        this.endpoint = endpoint;
    }

    /**
     * Returns when it is ready.
     *
     * @param upstream where the bucket of files of others is, under the name {@code bulk}; empty for none
     * @param flags of its JVM on top of those of the launcher
     */
    static ObjectProgram start(
            Path directory,
            String name,
            Endpoint.Key key,
            Optional<InetSocketAddress> upstream,
            List<String> flags,
            Ticker ticker)
            throws IOException {
        Files.createDirectories(directory);
        var config = directory.resolve("object-proxy.yaml");
        Files.writeString(config, """
            buckets:
              - {name: bench, backend_type: fs}
              - {name: bulk, backend_type: fs}
            %s
            credentials:
              - access_key_id: %s
                secret_access_key: ${env:BENCH_SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """.formatted(
                        upstream.map(at -> passing(at, key)).orElse(""), key.id()));
        var app = new AppProgram.App(
                "object-proxy", Application.class, config, directory, Map.of("BENCH_SECRET", key.secret()));
        var program = AppProgram.start(app, flags, ticker);
        var address = new InetSocketAddress(
                program.address().getHost(), program.address().getPort());
        return new ObjectProgram(program, new Endpoint(name, address, key, Optional.of(program.process())));
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void emptyLog() {
        program.emptyLog();
    }

    @Override
    public void close() {
        program.close();
    }

    private static String passing(InetSocketAddress upstream, Endpoint.Key key) {
        return ("  - {name: files, backend_type: s3, backend_options: {endpoint: \"http://127.0.0.1:%d\", bucket_name:"
                        + " bulk, access_key_id: %s, secret_access_key: \"${env:BENCH_SECRET}\"}}")
                .formatted(upstream.getPort(), key.id());
    }
}
