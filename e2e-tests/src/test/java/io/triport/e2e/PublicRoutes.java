package io.triport.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The list, reviewed by people, of the routes that need no credential. */
final class PublicRoutes {
    private static final String FILE = "public-routes.txt";

    private PublicRoutes() {}

    static Set<String> listed() {
        try (var file = Objects.requireNonNull(PublicRoutes.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
