package io.triport.gateway;

import io.triport.identity.launch.Surroundings;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A gateway that speaks TLS, and the clients that believe it. */
final class SecureGateway implements AutoCloseable {
    private final GatewayUnderTest gateway;
    private final SSLContext tls;
    private final Path directory;

    private SecureGateway(GatewayUnderTest gateway, SSLContext tls, Path directory) {
        this.gateway = gateway;
        this.tls = tls;
        this.directory = directory;
    }

    /** @param yaml of the file, without its listener */
    static SecureGateway start(String yaml) {
        return start(yaml, "");
    }

    /** One that its clients show their certificates. @param yaml with %CA% where the file of their authority is named */
    static SecureGateway asking(String yaml) {
        return start(yaml, ", clientCa: %CA%, clientAuth: need");
    }

    /** @param more of the section tls, with a comma in front */
    static SecureGateway start(String yaml, String more) {
        return start(yaml, more, Surroundings.real());
    }

    static SecureGateway start(String yaml, String more, Surroundings around) {
        try {
            var authority = new TlsAuthority();
            var own = authority.issue("CN=gateway");
            var directory = Files.createTempDirectory("tls");
            var cert = own.certFile(directory.resolve("cert.pem"));
            var key = own.keyFile(directory.resolve("key.pem"));
            var ca = authority.file(directory.resolve("ca.pem")).toString();
            var listener = "listen: [{tls: {cert: " + cert + ", key: " + key + more + "}}]\n";
            var file = (listener + yaml).replace("%CA%", ca);
            return new SecureGateway(GatewayUnderTest.start(file, Map.of(), around), authority.context(own), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that prefers HTTP/2. */
    HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(tls)
                .build();
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + target));
    }

    /** What a client knows that believes it. */
    SSLContext tls() {
        return tls;
    }

    /** One that says what it likes. */
    Http2Client connect() {
        return Http2Client.over(tls, gateway.port());
    }

    GatewayUnderTest plain() {
        return gateway;
    }

    /** As close does, and nothing more. */
    void stop() {
        gateway.stop();
    }

    @Override
    public void close() {
        gateway.close();
        try {
            for (var file : List.of("cert.pem", "key.pem", "ca.pem", "")) {
                Files.delete(directory.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
