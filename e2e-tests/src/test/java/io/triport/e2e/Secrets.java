package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a process knows and must not tell: secrets of its environment, and those that it made for development. */
final class Secrets {
    private static final int SHORTEST = 12;
    private static final Pattern NAME = Pattern.compile("SECRET|TOKEN|PASSWORD|PEPPER|_KEY|FIRST|SECOND");
    private static final Pattern WITHIN_JSON = Pattern.compile("\"[a-z_]*secret[a-z_]*\"\\s*:\\s*\"([^\"]+)\"");

    private final Set<String> given;
    private final Path made;

    private Secrets(Set<String> given, Path made) {
        this.given = given;
        this.made = made;
    }

    /** @param data the directory of the process */
    static Secrets of(Map<String, String> environment, Path data) {
        var secrets = new TreeSet<String>();
        environment.forEach((name, value) -> {
            if (NAME.matcher(name.toUpperCase(Locale.ROOT)).find()) {
                secrets.addAll(value.lines().toList());
            }
            WITHIN_JSON.matcher(value).results().forEach(found -> secrets.add(found.group(1)));
        });
        secrets.removeIf(secret -> secret.length() < SHORTEST || secret.startsWith("-----"));
        return new Secrets(secrets, data.resolve("dev"));
    }

    void requireNoneIn(String output) {
        for (var secret : given) {
            assertThat(output).doesNotContain(secret);
        }
        if (!Files.isDirectory(made)) {
            return;
        }
        try (var files = Files.list(made)) {
            for (var file : files.toList()) {
                assertThat(output)
                        .as(file.toString())
                        .doesNotContain(Files.readString(file).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
