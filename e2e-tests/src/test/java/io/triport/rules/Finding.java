package io.triport.rules;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks classes through and tells each offence as one line with its place. */
final class Finding {
    private Finding() {}

    static Stream<String> classes(JavaClasses among, Predicate<JavaClass> offence, String expected) {
        return among.stream().filter(offence).map(offender -> line(offender, expected));
    }

    /** Whatever names another class: a call, a field, a parameter, a supertype, an annotation. */
    static Stream<String> dependencies(
            JavaClasses among, Predicate<JavaClass> from, Predicate<JavaClass> to, String expected) {
        return among.stream()
                .filter(from)
                .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> to.test(target(dependency)))
                .map(dependency -> dependency.getDescription() + " (expected: " + expected + ")");
    }

    /** Calls, references to methods and constructors, reads and writes of fields. */
    static Stream<String> accesses(JavaClasses among, BiPredicate<JavaClass, AccessTarget> offence, String expected) {
        return among.stream()
                .flatMap(origin -> accesses(origin)
                        .filter(access -> offence.test(origin, access.getTarget()))
                        .map(access -> access.getDescription() + " (expected: " + expected + ")"));
    }

    static List<String> all(Stream<String> findings) {
        return findings.distinct().sorted().toList();
    }

    static String line(JavaClass offender, String expected) {
        return offender.getName() + " (expected: " + expected + ")";
    }

    private static Stream<JavaAccess<?>> accesses(JavaClass origin) {
        return Stream.concat(
                origin.getAccessesFromSelf().stream(),
                Stream.concat(
                        origin.getMethodReferencesFromSelf().stream(),
                        origin.getConstructorReferencesFromSelf().stream()));
    }

    /** Of an array, what it is an array of. */
    private static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }
}
