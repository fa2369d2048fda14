package io.triport.e2e.gateway;

import io.triport.e2e.Keytool;
import io.triport.e2e.kv.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority that gives clients their certificates, and takes them back. */
final class ClientAuthority {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    private ClientAuthority(Path directory) {
        this.directory = directory;
    }

    /** @param serial of the certificate */
    record Client(SSLContext tls, String serial) {}

    static ClientAuthority in(Path directory) {
        var authority = new ClientAuthority(directory);
        authority
                .keytool("ca", "-genkeypair", "-keyalg", "EC", "-dname", "CN=clients", "-validity", "30")
                .with("-ext", "bc:c", "-ext", "ku:c=keyCertSign,cRLSign")
                .run();
        authority
                .keytool("ca", "-exportcert", "-rfc", "-file", authority.file().toString())
                .run();
        return authority;
    }

    /** Its certificate. */
    Path file() {
        return directory.resolve("ca.crt");
    }

    /** @param server whom the client believes */
    Client issue(String name, PemFiles server) {
        var request = directory.resolve(name + ".csr").toString();
        var issued = directory.resolve(name + ".issued");
        keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name).run();
        keytool(name, "-certreq", "-file", request).run();
        keytool("ca", "-gencert", "-infile", request, "-outfile", issued.toString(), "-rfc", "-validity", "30")
                .with("-ext", "eku=clientAuth", "-ext", "ku:c=digitalSignature")
                .run();
        try (var in = Files.newInputStream(issued)) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return new Client(
                    context(name, certificate, server),
                    certificate.getSerialNumber().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Its list of what it took back, put in the place of the one before. */
    Path revoke(String... serials) {
        var fresh = directory.resolve("fresh.crl");
        var crl = keytool("ca", "-gencrl", "-rfc", "-file", fresh.toString());
        for (var serial : serials) {
            crl.with("-id", serial);
        }
        crl.run();
        try {
            return Files.move(
                    fresh,
                    directory.resolve("clients.crl"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLContext context(String name, X509Certificate certificate, PemFiles server)
            throws GeneralSecurityException, IOException {
        var made = KeyStore.getInstance(directory.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "own", made.getKey(name, PASSWORD.toCharArray()), PASSWORD.toCharArray(), new X509Certificate[] {
                    certificate
                });
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var in = Files.newInputStream(server.cert())) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** @param owner whose key and key store are meant */
    private Command keytool(String owner, String... words) {
        var command = new Command(new ArrayList<>(List.of(words)));
        return command.with("-alias", owner, "-storetype", "PKCS12", "-storepass", PASSWORD)
                .with("-keystore", directory.resolve(owner + ".p12").toString());
    }

    private record Command(List<String> words) {
        Command with(String... more) {
            words.addAll(List.of(more));
            return this;
        }

        void run() {
            Keytool.run(words.toArray(String[]::new));
        }
    }
}
