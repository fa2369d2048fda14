package io.triport.e2e.bench;

import io.triport.domain.time.Ticker;
import io.triport.kv.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The KV proxy with a key that may do what the benchmark does and no more. */
final class KvProgram implements AutoCloseable {
    private static final String KEY_ID = "bench";

    private final AppProgram program;
    private final Target target;

    private KvProgram(AppProgram program, Target target) {
        this.program = program;
        this.target = target;
    }

    /** Returns when it is ready. @param directory of its data, with a key file from {@link #prepare} */
    static KvProgram start(Path directory, List<String> jvmFlags, Ticker ticker) {
        var program = AppProgram.start(app(directory), jvmFlags, ticker);
        try {
            return new KvProgram(
                    program,
                    Target.at(
                            program.address(),
                            "triport",
                            KEY_ID,
                            directory.resolve("secret"),
                            Optional.of(program.process())));
        } catch (IOException e) {
            program.close();
            throw new LoadFailed("secret", e);
        }
    }

    /** Writes the configuration. */
    static void prepare(Path directory, String secret) throws IOException {
        Files.createDirectories(directory);
        var secretFile = directory.resolve("secret");
        Files.deleteIfExists(secretFile);
        Files.createFile(
                secretFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secretFile, secret);
        Files.writeString(directory.resolve("kv-proxy.yaml"), """
            triport:
              kv:
                keys:
                  %s:
                    secrets: ["${file:%s}"]
                    scopes: [kv.get, kv.put, kv.list]
                    namespaces: [%s]
                    prefixes: ["bench:"]
            """.formatted(
                        KEY_ID, secretFile.toAbsolutePath(), RequestSigner.NAMESPACE));
    }

    /** The program's own jar, when it is built. */
    static Optional<Path> jar() {
        return app(Path.of("")).jar();
    }

    Target target() {
        return target;
    }

    void emptyLog() {
        program.emptyLog();
    }

    void stop() {
        program.stop();
    }

    @Override
    public void close() {
        program.close();
    }

    private static AppProgram.App app(Path directory) {
        return new AppProgram.App(
                "kv-proxy", Application.class, directory.resolve("kv-proxy.yaml"), directory, Map.of());
    }
}
