package io.triport.identity.sigv4;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.request.Bytes;
import io.triport.identity.jose.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Published vectors, as they lie in the resources. */
final class Vectors {
    private static final StrictJson JSON = new StrictJson(16, 1_000);
    private static final Path ROOT = root();

    private Vectors() {}

    static List<Path> suite() {
        try (var cases = Files.list(ROOT.resolve("aws-signing-test-suite/v4"))) {
            return cases.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ClaimValue.Members s3() {
        return json(ROOT.resolve("s3-vectors.json"));
    }

    static ClaimValue.Members json(Path file) {
        return JSON.read(Bytes.copyOf(bytes(file))).orElseThrow();
    }

    /** One character for each byte. */
    static String text(Path file) {
        return new String(bytes(file), StandardCharsets.ISO_8859_1);
    }

    static String text(ClaimValue.Members members, String name) {
        return ((ClaimValue.Text) member(members, name)).text();
    }

    static long number(ClaimValue.Members members, String name) {
        return ((ClaimValue.Numeric) member(members, name)).number().longValueExact();
    }

    static boolean flag(ClaimValue.Members members, String name) {
        return new ClaimValue.Flag(true).equals(members.members().get(name));
    }

    static List<ClaimValue> list(ClaimValue.Members members, String name) {
        return ((ClaimValue.Listing) member(members, name)).items();
    }

    static List<ClaimValue.Members> objects(ClaimValue.Members members, String name) {
        return list(members, name).stream()
                .map(item -> (ClaimValue.Members) item)
                .toList();
    }

    /** Pairs of texts. */
    static List<List<String>> pairs(ClaimValue.Members members, String name) {
        return list(members, name).stream()
                .map(pair -> ((ClaimValue.Listing) pair)
                        .items().stream()
                                .map(item -> ((ClaimValue.Text) item).text())
                                .toList())
                .toList();
    }

    static ClaimValue member(ClaimValue.Members members, String name) {
        return Objects.requireNonNull(members.members().get(name), name);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        try {
            var file = Objects.requireNonNull(Vectors.class.getResource("s3-vectors.json"));
            return Objects.requireNonNull(Path.of(file.toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
