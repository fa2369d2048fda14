package io.triport.storage.nats;

import io.triport.testkit.NatsProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A server with a certificate for one address, by the JDK's keytool. @param trust of those who believe it */
record ShownServer(NatsProcess process, KeyStore trust) implements AutoCloseable {
    private static final String PASSWORD = "password";

    static ShownServer start(Path directory, String address) throws IOException, GeneralSecurityException {
        var file = directory.resolve(address + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=nats",
                        "-ext",
                        "san=ip:" + address,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        var key = store.getKey("own", PASSWORD.toCharArray());
        if (key == null) {
            throw new AssertionError(said);
        }
        var certificate = store.getCertificate("own");
        var process = NatsProcess.start(
                "--tls",
                "--tlscert",
                pem(directory.resolve(address + ".pem"), "CERTIFICATE", certificate.getEncoded()),
                "--tlskey",
                pem(directory.resolve(address + ".key"), "PRIVATE KEY", key.getEncoded()));
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", certificate);
        return new ShownServer(process, trust);
    }

    @Override
    public void close() {
        process.close();
    }

    private static String pem(Path file, String type, byte[] encoded) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n")
                .toString();
    }
}
