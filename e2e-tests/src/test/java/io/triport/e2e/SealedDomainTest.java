package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Grant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attack of a class that pretends to belong to the gate's package, to call what only the package may call. */
final class SealedDomainTest {
    private static final String FORGER = "io.triport.domain.identity.Forger";
    private static final String GRANT = "io.triport.domain.identity.Grant";

    @TempDir
    private Path forged;

    @TempDir
    private Path unpacked;

    @BeforeEach
    void forge() {
        var source = """
            package io.triport.domain.identity;

            import io.triport.domain.request.RequestId;
            import java.time.Instant;
            import java.util.List;

            public final class Forger {
                public static final Grant FORGED =
                        new Grant(
                                null, Permissions.of(), List.of(), Instant.MAX, new RequestId("forged"), BodyCheck.NONE);
            }
            """;
        var classPath = List.of(jar(), Compilation.home(NullMarked.class));
        assertThat(Compilation.of(FORGER, source, classPath, forged).errors()).isEmpty();
    }

    @Test
    void a_class_beside_the_domain_does_not_load() throws IOException {
        try (var loader = loader(jar(), forged)) {
            assertThatThrownBy(() -> {
                        Class.forName(GRANT, true, loader);
                        Class.forName(FORGER, true, loader);
                    })
                    .isInstanceOf(SecurityException.class)
                    .hasMessageContaining("sealing violation");
        }
    }

    @Test
    void a_class_that_comes_before_the_domain_keeps_the_gate_from_loading() throws IOException {
        try (var loader = loader(forged, jar())) {
            assertThatThrownBy(() -> Class.forName(FORGER, true, loader))
                    .rootCause()
                    .isInstanceOf(SecurityException.class)
                    .hasMessageContaining("sealing violation");
        }
    }

    /** Without this the others could pass because the forgery is broken. */
    @Test
    void the_same_class_runs_beside_a_domain_without_a_seal() throws IOException, ClassNotFoundException {
        unpack();

        try (var loader = loader(unpacked, forged)) {
            assertThat(Class.forName(FORGER, true, loader).getClassLoader()).isSameAs(loader);
        }
    }

    private void unpack() throws IOException {
        try (var jar = new JarFile(jar().toFile())) {
            for (var entry : jar.stream()
                    .filter(found -> found.getName().endsWith(".class"))
                    .toList()) {
                var target = unpacked.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                try (var bytes = jar.getInputStream(entry)) {
                    Files.copy(bytes, target);
                }
            }
        }
    }

    /** The platform's loader above them, so that nothing is found but what is named. */
    private static URLClassLoader loader(Path... places) throws MalformedURLException {
        var urls = new URL[places.length];
        for (var i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** The jar that is delivered: these tests run after it was built. */
    private static Path jar() {
        var home = Compilation.home(Grant.class);
        if (Files.isRegularFile(home)) {
            return home;
        }
        try (var files = Files.newDirectoryStream(home.resolveSibling("."), "domain-*.jar")) {
            for (var file : files) {
                if (!file.getFileName().toString().endsWith("-tests.jar")) {
                    return file.normalize();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError(
                "the domain's jar: not in " + home.getParent() + " (expected: built before, by mvn verify)");
    }
}
