package io.triport.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Keys and certificates as an operator would make them, by the JDK's keytool. */
public final class Keytool {
    private Keytool() {}

    /** @throws AssertionError with what it said when it does not do it */
    public static void run(String... arguments) {
        var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        try {
            var keytool = new ProcessBuilder(Stream.concat(Stream.of(program), List.of(arguments).stream())
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
            if (keytool.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A file that only its owner may read. */
    public static Path pem(Path file, String type, byte[] der) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }
}
