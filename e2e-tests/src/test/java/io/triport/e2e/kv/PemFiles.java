package io.triport.e2e.kv;

import io.triport.e2e.Keytool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and its certificate for 127.0.0.1, made by the JDK's keytool, as an operator would have them. */
public record PemFiles(Path cert, Path key, SSLContext client) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    public static PemFiles in(Path directory, String name) {
        try {
            var file = directory.resolve(name + ".p12");
            Keytool.run(
                    "-genkeypair",
                    "-alias",
                    "own",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "SAN=ip:127.0.0.1",
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-keystore",
                    file.toString());
            var store = KeyStore.getInstance(file.toFile(), PASSWORD);
            var cert = store.getCertificate("own");
            return new PemFiles(
                    Keytool.pem(directory.resolve(name + ".crt"), "CERTIFICATE", cert.getEncoded()),
                    Keytool.pem(
                            directory.resolve(name + ".key"),
                            "PRIVATE KEY",
                            store.getKey("own", PASSWORD).getEncoded()),
                    client(store));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLContext client(KeyStore own) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", own.getCertificate("own"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
