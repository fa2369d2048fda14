package io.triport.e2e.objectbench;

import io.triport.e2e.bench.PeerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The servers beside ours: S3Proxy on files, and nginx as the origin of files and as a proxy before it. */
final class S3Peers {
    /**
     * As large as that of the launcher's options for our own, where S3Proxy can do with it: of more keys than these each of its
     * listings holds them all, and with 256 MiB it answers 500.
     */
    private static final String HEAP = "-Xmx256m";

    private static final String LARGE_HEAP = "-Xmx4g";
    private static final int MOST_KEYS_IN_HEAP = 20_000;

    private S3Peers() {}

    /**
     * S3Proxy over its file system backend, with the JVM's own choices but for the heap. Its log is at WARN; without a
     * configuration it would be at DEBUG.
     *
     * @param classPath its own
     * @param keys how many a listing goes through
     */
    static PeerServer s3proxy(Path directory, String classPath, Endpoint.Key key, int keys) throws IOException {
        for (var bucket : List.of("bench", "bulk")) {
            Files.createDirectories(directory.resolve("data").resolve(bucket));
        }
        var port = PeerServer.freePort();
        Files.writeString(directory.resolve("logback.xml"), """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %p %c %m%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """);
        Files.writeString(directory.resolve("s3proxy.conf"), """
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem
            jclouds.filesystem.basedir=%s
            """.formatted(
                        port, key.id(), key.secret(), directory.resolve("data").toAbsolutePath()));
        return PeerServer.start(
                directory,
                port,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        keys > MOST_KEYS_IN_HEAP ? LARGE_HEAP : HEAP,
                        "-Dlogback.configurationFile=" + directory.resolve("logback.xml"),
                        "-cp",
                        classPath,
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        "s3proxy.conf"));
    }

    /** Serves the files of a folder, by sendfile. */
    static PeerServer origin(Path directory, Path files) throws IOException {
        return nginx(Files.createDirectories(directory), """
            access_log off;
            sendfile on;
            server { listen 127.0.0.1:%d; root %s; default_type application/octet-stream; }
            """, files.toAbsolutePath());
    }

    /** Passes on as bytes come, never through a file, with buffers that suit long bodies. */
    static PeerServer proxy(Path directory, PeerServer origin) throws IOException {
        return nginx(
                Files.createDirectories(directory),
                """
                access_log access.log combined;
                proxy_max_temp_file_size 0;
                proxy_buffer_size 64k;
                proxy_buffers 8 64k;
                proxy_busy_buffers_size 128k;
                upstream origin { server %2$s; keepalive 64; keepalive_requests 1000000000; keepalive_timeout 300s; }
                server {
                  listen 127.0.0.1:%1$d;
                  location /files/ { proxy_pass http://origin/bulk/; proxy_http_version 1.1; proxy_set_header Connection ""; }
                }
                """,
                "127.0.0.1:" + origin.address().getPort());
    }

    /** @param http of the configuration, with places for the port and one thing more */
    private static PeerServer nginx(Path directory, String http, Object thing) throws IOException {
        var port = PeerServer.freePort();
        Files.writeString(directory.resolve("nginx.conf"), """
            daemon off;
            %3$s
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            worker_processes 2;
            events { worker_connections 2048; }
            http {
              keepalive_requests 1000000000;
              keepalive_timeout 300s;
              %2$s
            }
            """.formatted(
                        directory.toAbsolutePath(),
                        http.formatted(port, thing),
                        // Its workers would be somebody else, who cannot read our files.
                        System.getProperty("user.name").equals("root") ? "user root;" : ""));
        return PeerServer.start(
                directory,
                port,
                List.of("nginx", "-p", directory.toAbsolutePath() + "/", "-e", "error.log", "-c", "nginx.conf"));
    }
}
