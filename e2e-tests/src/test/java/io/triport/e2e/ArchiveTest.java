package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of the archives, laid out as their descriptors say, with a Java that tells what it was asked for. */
final class ArchiveTest {
    private static final Path ROOT = Path.of(System.getProperty("triport.root"));
    private static final Pattern FILE =
            Pattern.compile("<file>\\s*<source>\\.\\./([^<]+)</source>\\s*<outputDirectory>([^<]+)</outputDirectory>");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "kv-proxy, conf/jvm.options",
        "manager, conf/jvm.options conf/manager-jvm.options",
        "gateway, conf/jvm.options conf/gateway-jvm.options"
    })
    void a_program_starts_its_jar_with_the_options_of_the_archive_and_all_words(String app, String options)
            throws IOException, InterruptedException {
        var home = unpacked(app);
        var jar = Files.createFile(home.resolve(app + "-app-1.jar"));

        var told = run(home.resolve("bin/triport-" + app), Map.of("TRIPORT_JAVA_OPTS", "-Xmx1g -Da=b"), "check", "a b");

        var expected = List.of(options.split(" ")).stream()
                .map(name -> "@" + home.resolve(name))
                .collect(Collectors.toList());
        assertThat(expected).allMatch(name -> Files.exists(Path.of(name.substring(1))));
        expected.addAll(List.of("-Xmx1g", "-Da=b", "-jar", jar.toString(), "check", "a b"));
        assertThat(told).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({"kv-proxy", "manager", "gateway"})
    void a_program_starts_through_a_link_too(String app) throws IOException, InterruptedException {
        var home = unpacked(app);
        var jar = Files.createFile(home.resolve(app + "-app-1.jar"));
        var link = Files.createSymbolicLink(directory.resolve("linked"), home.resolve("bin/triport-" + app));

        assertThat(run(link, Map.of())).endsWith("-jar", jar.toString());
    }

    @ParameterizedTest
    @CsvSource({"kv-proxy, kv-proxy.yaml", "manager, manager.yaml", "gateway, gateway.yaml"})
    void an_archive_has_a_file_to_start_from(String app, String file) throws IOException {
        assertThat(unpacked(app).resolve("conf").resolve(file)).isNotEmptyFile();
    }

    /** What its descriptor takes from the sources. */
    private Path unpacked(String app) throws IOException {
        var module = ROOT.resolve(app + "-app");
        var home = Files.createDirectory(directory.toRealPath().resolve(app));
        for (var part : List.of("bin", "conf")) {
            var to = Files.createDirectory(home.resolve(part));
            try (var files = Files.list(module.resolve("src/main/distribution").resolve(part))) {
                for (var file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
        var descriptor = Files.readString(module.resolve("src/main/assembly/distribution.xml"));
        for (var found : FILE.matcher(descriptor).results().toList()) {
            var source = ROOT.resolve(found.group(1));
            Files.copy(source, home.resolve("./" + found.group(2)).normalize().resolve(source.getFileName()));
        }
        return home;
    }

    /** @return the words that its Java was started with */
    private List<String> run(Path program, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("sh", program.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("TRIPORT_JAVA_HOME", java().toString());
        var process = builder.start();
        try (var out = process.inputReader()) {
            var told = out.lines().toList();
            assertThat(process.waitFor()).as(told.toString()).isZero();
            return told;
        }
    }

    private Path java() throws IOException {
        var home = directory.resolve("jdk");
        var bin = Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        var java = bin.resolve("java");
        if (!Files.exists(java)) {
            Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        }
        return home;
    }
}
