package io.triport.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The configurations of nginx and HAProxy: as near to what the gateway does as each of them can be. */
final class GatewayPeers {
    static final int ANSWER_BYTES = 1024;

    private GatewayPeers() {}

    /** A server behind all proxies: the same small answer to everything but the keys of the issuer. */
    static PeerServer origin(Path directory, String keySet) throws IOException {
        Files.createDirectories(directory);
        var port = PeerServer.freePort();
        return nginx(directory, port, """
            worker_processes 1;
            events { worker_connections 2048; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              keepalive_timeout 300s;
              server {
                listen 127.0.0.1:%d;
                location = /keys { default_type application/json; return 200 '%s'; }
                location / { default_type text/plain; return 200 "%s"; }
              }
            }
            """.formatted(port, keySet, "o".repeat(ANSWER_BYTES)));
    }

    /** Passes on, and writes its access log; knows no identity and no limit. */
    static PeerServer plainProxy(Path directory, PeerServer origin) throws IOException {
        Files.createDirectories(directory);
        var port = PeerServer.freePort();
        return nginx(directory, port, """
            worker_processes 2;
            events { worker_connections 2048; }
            http {
              access_log access.log combined;
              keepalive_requests 1000000000;
              keepalive_timeout 300s;
              upstream origin { server 127.0.0.1:%d; keepalive 128; keepalive_requests 1000000000; keepalive_timeout 300s; }
              server {
                listen 127.0.0.1:%d;
                location / { proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; }
              }
            }
            """.formatted(origin.address().getPort(), port));
    }

    /** Checks signature, issuer, audience and expiry of an RS256 token, counts per user, sets the user's header, and logs. */
    static PeerServer verifyingProxy(Path directory, PeerServer origin, String rsaPem) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("rsa.pem"), rsaPem);
        var port = PeerServer.freePort();
        Files.writeString(directory.resolve("haproxy.cfg"), """
            global
              nbthread 2
              log stdout format raw local0
            defaults
              mode http
              log global
              option httplog
              option http-keep-alive
              timeout connect 2s
              timeout client 300s
              timeout server 30s
              timeout http-keep-alive 300s
            frontend users
              bind 127.0.0.1:%1$d
              stick-table type string len 64 size 100k expire 120s store http_req_rate(60s)
              http-request deny deny_status 401 unless { req.hdr(authorization) -m found }
              http-request set-var(txn.alg) http_auth_bearer,jwt_header_query('$.alg')
              http-request set-var(txn.iss) http_auth_bearer,jwt_payload_query('$.iss')
              http-request set-var(txn.aud) http_auth_bearer,jwt_payload_query('$.aud')
              http-request set-var(txn.exp) http_auth_bearer,jwt_payload_query('$.exp','int')
              http-request set-var(txn.sub) http_auth_bearer,jwt_payload_query('$.sub')
              http-request set-var(txn.role) http_auth_bearer,jwt_payload_query('$.role')
              http-request set-var(txn.left) date(),neg,add(txn.exp)
              http-request deny deny_status 401 unless { var(txn.alg) -m str RS256 }
              http-request deny deny_status 401 unless { var(txn.iss) -m str %2$s }
              http-request deny deny_status 401 unless { var(txn.aud) -m str %3$s }
              http-request deny deny_status 401 if { var(txn.left) -m int lt 0 }
              http-request deny deny_status 401 unless { http_auth_bearer,jwt_verify(txn.alg,"%4$s") 1 }
              http-request track-sc0 var(txn.sub)
              http-request deny deny_status 429 if { sc_http_req_rate(0) gt 100000000 }
              http-request del-header X-User-ID
              http-request del-header X-User-Role
              http-request set-header X-User-ID %%[var(txn.sub)]
              http-request set-header X-User-Role %%[var(txn.role)]
              http-request del-header Authorization
              default_backend origin
            backend origin
              http-reuse always
              server origin 127.0.0.1:%5$d
            """.formatted(
                        port,
                        BearerTokens.ISSUER,
                        BearerTokens.AUDIENCE,
                        directory.resolve("rsa.pem").toAbsolutePath(),
                        origin.address().getPort()));
        return PeerServer.start(directory, port, List.of("haproxy", "-db", "-f", "haproxy.cfg"));
    }

    private static PeerServer nginx(Path directory, int port, String configuration) throws IOException {
        var temporary = """
            daemon off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            """.formatted(directory.toAbsolutePath());
        Files.writeString(directory.resolve("nginx.conf"), temporary + configuration);
        return PeerServer.start(
                directory,
                port,
                List.of("nginx", "-p", directory.toAbsolutePath() + "/", "-e", "error.log", "-c", "nginx.conf"));
    }
}
