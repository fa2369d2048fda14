package io.triport.identity.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken with a server. It holds what its files held when it was read, so two are equal when the files hold the same.
 *
 * @param authorities that are believed; the platform's when there are none
 * @param shown null where nothing is shown
 * @param verifyHost whether the server's certificate must be for its host
 */
public record ClientTls(
        List<X509Certificate> authorities, @Nullable Shown shown, boolean verifyHost) {
    public ClientTls {
        authorities = List.copyOf(authorities);
    }

    /** By what we prove ourselves to a server. */
    public record Shown(List<X509Certificate> chain, PrivateKey key) {
        public Shown {
            chain = List.copyOf(chain);
        }

        /** Nothing of the key, whatever its class says of itself. */
        @Override
        public String toString() {
            return "Shown[" + chain.getFirst().getSubjectX500Principal() + "]";
        }
    }

    private static final Value<Path> FILE = new Value<>("the path of a file", text -> {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
    });

    /**
     * The keys {@code ca}, {@code clientCert}, {@code clientKey}, {@code allowOpenKeyFiles} and {@code verifyHost}.
     *
     * @throws ConfigError for files that cannot be used
     */
    public static ClientTls read(Section tls) {
        var authorities =
                tls.optional("ca", FILE, "PEM file of the authorities that are trusted; the platform's if left out.");
        var cert = tls.optional(
                "clientCert", FILE, "PEM file with the certificate that is shown to the target, and its chain.");
        var key = tls.optional("clientKey", FILE, "PEM file with its key, not encrypted, of mode 600 or 400.");
        var open = tls.value(
                "allowOpenKeyFiles",
                Value.SWITCH,
                "false",
                "Whether the key file may be readable by others than its owner.");
        var verifyHost = tls.value("verifyHost", Value.SWITCH, "true", "Whether the certificate must be for the host.");
        if (cert.isPresent() != key.isPresent()) {
            throw tls.error(
                    cert.isPresent() ? "clientKey" : "clientCert", "nothing", "clientCert and clientKey together");
        }
        Stream.of(authorities, cert, key).flatMap(Optional::stream).forEach(tls::follow);
        try {
            return new ClientTls(
                    authorities.isPresent()
                            ? PemFiles.certificates(authorities.get(), UnusableTlsFile.Role.CLIENT_CA)
                            : List.of(),
                    cert.isPresent() && key.isPresent() ? shown(cert.get(), key.get(), open) : null,
                    verifyHost);
        } catch (UnusableTlsFile e) {
            throw tls.error(name(e.role()), e.problem(), e.expectation());
        }
    }

    private static Shown shown(Path cert, Path key, boolean open) throws UnusableTlsFile {
        if (!open) {
            PemFiles.refuseOpen(key);
        }
        var shown = new Shown(PemFiles.certificates(cert, UnusableTlsFile.Role.CERT), PemFiles.key(key));
        if (!PemFiles.fits(shown.key(), shown.chain().getFirst())) {
            throw new UnusableTlsFile(
                    UnusableTlsFile.Role.KEY, key.toString(), "the key of the certificate in " + cert);
        }
        return shown;
    }

    private static String name(UnusableTlsFile.Role role) {
        return switch (role) {
            case CERT -> "clientCert";
            case KEY -> "clientKey";
            case CLIENT_CA -> "ca";
            case CRL -> throw new IllegalStateException("no revocation list is read for a client");
        };
    }

    /** Connections by these rules; that the name is checked is for each of them to say. */
    public SslContext context() {
        var builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (!authorities.isEmpty()) {
            builder.trustManager(authorities.toArray(new X509Certificate[0]));
        }
        if (shown != null) {
            builder.keyManager(shown.key(), shown.chain().toArray(new X509Certificate[0]));
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }
}
