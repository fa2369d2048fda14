package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.jupiter.api.Test;

/** The cases that the storage contract names, each of which some test has to be about. */
final class NamedCasesTest {
    private static final Path ADAPTERS = Path.of("..", "storage-adapters", "target", "test-classes");

    @Test
    void every_case_of_a_port_that_is_built_has_a_test() {
        var named = Stream.of(
                        numbered("KV", 22),
                        numbered("OBJ", 19),
                        numbered("Q", 20),
                        numbered("DO", 22),
                        numbered("C", 16),
                        numbered("V", 16),
                        numbered("AI", 14),
                        // Clients over HTTP (20) are not of adapters.
                        numbered("SQL", 19),
                        Stream.of("DO-09b", "DO-09c"))
                .flatMap(cases -> cases)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tags()).containsAll(named);
    }

    private static Stream<String> numbered(String port, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> "%s-%02d".formatted(port, number));
    }

    /** Of the kit that adapters are held to, and of the tests of adapters. */
    private static Set<String> tags() {
        var kit = new ClassFileImporter().importPackages("io.triport.testkit");
        var adapters =
                new ClassFileImporter().importPath(ADAPTERS.toAbsolutePath().normalize());
        return Stream.concat(kit.stream(), adapters.stream())
                .map(JavaClass::getMethods)
                .flatMap(Set::stream)
                .flatMap(NamedCasesTest::tags)
                .collect(Collectors.toSet());
    }

    private static Stream<String> tags(JavaMethod method) {
        return Stream.concat(
                        method.tryGetAnnotationOfType(Tag.class).stream(),
                        method.tryGetAnnotationOfType(Tags.class).stream().flatMap(tags -> Stream.of(tags.value())))
                .map(Tag::value);
    }
}
